package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// form is what a case is in the other system: as many fields, under names of its own.
const form = `{"kommun":%d,"verksamhet":"1","handlaggare":"h%d","klient":"k%d","aktualisering":"2022-05-0%d 00:00:00.000Z","kon":"1","alder":%d,"funk":["2"],"ursprung":"1","barn":["2","6"],"init":["1","8"],"utov":["2"],"heder":"2","grad":"%d",` +
	`"risk":["1","6"],"risk_fore":%d,"risk_efter":4,"mal":"2","insatsstart":"2022-05-20 00:00:00.000Z","ins":["3","4","7","10"],"typ":"1","sam":["5","7"],"genomf":"1","malupp":"1","avslut":"2022-11-01 00:00:00.000Z","orsak":"1",` +
	`"q202":"1","q203":"4","q206":"1","q212":"4","q217":"Ingen kommentar lämnad i enkäten"}`

// measurePeer measures a PocketBase that runs already, with the same clients.
func measurePeer(host string, each time.Duration) {
	const records = "/api/collections/cases/records"
	dials := func() (*client, error) { return dial(host, "") }
	for _, clients := range []int{1, 8, 64} {
		took, ids, faults, seconds := run(clients, each, dials, func(c *client, r *rand.Rand) (string, error) {
			b := fmt.Appendf(nil, form, 1+r.IntN(290), r.IntN(1000), r.IntN(1e9), 1+r.IntN(9), 18+r.IntN(60), 1+r.IntN(3), r.IntN(11))
			answer, err := c.ask("POST", records, b, http.StatusOK)
			return idIn(answer), err
		})
		tell("pocketbase", "create", clients, took, faults, seconds, 0)
		took, _, faults, seconds = run(clients, each, dials, func(c *client, r *rand.Rand) (string, error) {
			_, err := c.ask("GET", records+"/"+ids[r.IntN(len(ids))], nil, http.StatusOK)
			return "", err
		})
		tell("pocketbase", "get", clients, took, faults, seconds, 0)
	}
}
