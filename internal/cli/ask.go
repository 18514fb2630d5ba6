package cli

import "foljsam/internal/app"

// askFlags are the addresses of services that may be asked when somebody wants it. Without
// them nothing is asked.
type askFlags struct {
	SCB      string `name:"scb" placeholder:"address"`
	Kolada   string `name:"kolada" placeholder:"address"`
	AskProxy string `name:"ask-proxy" placeholder:"address"`
}

// services makes the clients. It asks nothing.
func (f askFlags) services() (app.Services, error) {
	return app.Outside{SCB: f.SCB, Kolada: f.Kolada, Proxy: f.AskProxy}.Services()
}
