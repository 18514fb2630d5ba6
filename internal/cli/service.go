package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/kardianos/service"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// serviceName is what the system calls us.
const serviceName = "foljsam"

// serviceCommand lets the system start the register, and start it again.
type serviceCommand struct {
	Install   serviceInstall   `cmd:""`
	Uninstall serviceUninstall `cmd:""`
	Start     serviceStart     `cmd:""`
	Stop      serviceStop      `cmd:""`
	Status    serviceStatus    `cmd:""`
	Print     servicePrint     `cmd:""`
}

// served is how the register is to be served.
type served struct {
	Listen  string   `placeholder:"address"`
	Cert    string   `placeholder:"file"`
	CertKey string   `placeholder:"file"`
	Proxy   machines `placeholder:"machines"`
	Public  string   `placeholder:"address"`
	Metrics string   `placeholder:"address"`
	// KeysCredential is a credential of systemd's that holds the keys: they are then nowhere
	// on the disk but encrypted for this machine.
	KeysCredential string   `placeholder:"file"`
	BackupTo       []string `placeholder:"recipient"`
}

type (
	serviceInstall   struct{ served }
	servicePrint     struct{ served }
	serviceUninstall struct{}
	serviceStart     struct{}
	serviceStop      struct{}
	serviceStatus    struct{}
)

// Run installs the service. It is started by the next command, or by the next start of the
// machine.
func (c *serviceInstall) Run(s *session) error {
	config, err := c.config()
	if err == nil && runtime.GOOS == "windows" {
		err = makeFolders()
	}
	if err != nil {
		return err
	}
	if err := s.control(config, service.Service.Install); err != nil {
		return err
	}
	s.line("cli.service_installed")
	return nil
}

// Run prints the unit that install would write, and changes nothing.
func (c *servicePrint) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	unit, err := c.unit(programPath())
	if err != nil {
		return err
	}
	_, err = s.stdout.Write([]byte(unit))
	return err
}

// Run takes the service away. The data stays.
func (serviceUninstall) Run(s *session) error {
	if err := s.control(&service.Config{Name: serviceName}, service.Service.Uninstall); err != nil {
		return err
	}
	s.line("cli.service_uninstalled")
	return nil
}

// Run starts the service.
func (serviceStart) Run(s *session) error {
	if err := s.control(&service.Config{Name: serviceName}, service.Service.Start); err != nil {
		return err
	}
	s.line("cli.service_started")
	return nil
}

// Run stops the service. What was acknowledged is saved.
func (serviceStop) Run(s *session) error {
	if err := s.control(&service.Config{Name: serviceName}, service.Service.Stop); err != nil {
		return err
	}
	s.line("cli.service_stopped")
	return nil
}

// Run tells whether the service runs.
func (serviceStatus) Run(s *session) error {
	runs := false
	err := s.control(&service.Config{Name: serviceName}, func(x service.Service) error {
		at, err := x.Status()
		runs = at == service.StatusRunning
		return err
	})
	switch {
	case err != nil:
		return err
	case runs:
		s.line("cli.service_runs")
	default:
		s.line("cli.service_rests")
	}
	return nil
}

// control asks the system's manager of services to do something.
func (s *session) control(c *service.Config, do func(service.Service) error) error {
	if runtime.GOOS == "linux" && service.Platform() != "linux-systemd" {
		return fault.New(fault.Invalid, "cli.service_system")
	}
	x, err := service.New(&background{}, c)
	if err == nil {
		err = do(x)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, service.ErrNotInstalled):
		return fault.Wrap(err, fault.NotFound, "cli.service_missing")
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(err, fault.Refused, "cli.service_permission")
	}
	return fault.Wrap(err, fault.Invalid, "cli.service_failed", "said", err.Error())
}

// check tries what can be tried before anything is installed.
func (c *served) check() error {
	_, err := (&serveCommand{Listen: c.Listen, Cert: c.Cert, CertKey: c.CertKey, Proxy: c.Proxy}).mayListen()
	if err == nil && c.Metrics != "" {
		_, err = isLoopback(c.Metrics)
	}
	if err == nil && len(c.BackupTo) > 0 {
		_, err = store.Recipients(c.BackupTo)
	}
	if err == nil && c.KeysCredential != "" && runtime.GOOS == "windows" {
		err = fault.New(fault.Usage, "cli.service_credential")
	}
	return err
}

// config gives the service as the system is told of it.
func (c *served) config() (*service.Config, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	config := &service.Config{Name: serviceName, DisplayName: "Följsam", Description: unitDescription, Executable: programPath()}
	if runtime.GOOS == "windows" {
		c.windows(config)
		return config, nil
	}
	unit, err := c.unit(config.Executable)
	config.Option = service.KeyValue{"SystemdScript": unit}
	return config, err
}

// windows gives what a service has on Windows: an account of its own that owns nothing else,
// and the data where programs' data is. Started again when it falls over.
func (c *served) windows(config *service.Config) {
	base := programData()
	config.UserName = `NT SERVICE\` + serviceName
	config.Arguments = c.arguments(places{data: filepath.Join(base, "data"), keys: filepath.Join(base, "nycklar", "foljsam"), log: filepath.Join(base, "logg", "foljsam.log"),
		backups: filepath.Join(base, "kopior"), cert: c.Cert, certKey: c.CertKey})
	config.Option = service.KeyValue{"OnFailure": "restart", "OnFailureDelayDuration": "10s", "DelayedAutoStart": true}
}

// programData is where the service has its files on Windows.
func programData() string {
	return filepath.Join(orElse(os.Getenv("ProgramData"), `C:\ProgramData`), "Foljsam")
}

// makeFolders makes the folders that the service writes in.
func makeFolders() error {
	for _, name := range []string{"data", "nycklar", "logg", "kopior"} {
		folder := filepath.Join(programData(), name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fault.Wrap(err, fault.Invalid, "store.folder", "folder", folder)
		}
	}
	return nil
}

// places are where a service has its files.
type places struct{ data, keys, log, backups, cert, certKey string }

// arguments gives the command that the service runs.
func (c *served) arguments(at places) []string {
	all := []string{"serve", "--data", at.data, "--keys", at.keys, "--log", at.log}
	for _, x := range [][2]string{{"--listen", c.Listen}, {"--cert", at.cert}, {"--cert-key", at.certKey}, {"--proxy", c.Proxy.String()}, {"--public", c.Public}, {"--metrics", c.Metrics}} {
		if x[1] != "" {
			all = append(all, x[0], x[1])
		}
	}
	if len(c.BackupTo) > 0 {
		all = append(all, "--backup", at.backups)
	}
	for _, to := range c.BackupTo {
		all = append(all, "--backup-to", to)
	}
	return all
}

// programPath gives where this program is.
func programPath() string {
	path, err := os.Executable()
	if err != nil {
		return program
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// background is a command that Windows' manager of services starts and stops.
type background struct {
	run   func(context.Context) error
	stop  context.CancelFunc
	ended chan struct{}
}

// Start begins, and goes on beside.
func (b *background) Start(x service.Service) error {
	if b.run == nil {
		return nil
	}
	ctx, stop := context.WithCancel(context.Background())
	b.stop, b.ended = stop, make(chan struct{})
	go func() {
		err := b.run(ctx)
		close(b.ended)
		if ctx.Err() == nil { // it fell over: the manager starts it again
			if log, failed := x.Logger(nil); failed == nil && err != nil {
				_ = log.Error(err.Error()) // nobody else to tell
			}
			os.Exit(failed)
		}
	}()
	return nil
}

// Stop ends, and waits for what is under way.
func (b *background) Stop(service.Service) error {
	if b.stop != nil {
		b.stop()
		<-b.ended
	}
	return nil
}

// underManager runs a command as Windows' manager of services wants it. Elsewhere, and at a
// terminal, it runs as it is.
func (s *session) underManager(run func(*session) error) error {
	if runtime.GOOS != "windows" || service.Interactive() {
		return run(s)
	}
	b := &background{run: func(ctx context.Context) error {
		inner := *s
		inner.ctx = ctx
		err := run(&inner)
		if err != nil {
			return errors.New(s.text.Error(err))
		}
		return nil
	}}
	x, err := service.New(b, &service.Config{Name: serviceName})
	if err == nil {
		err = x.Run()
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal, "cli.serve_failed")
	}
	return nil
}
