package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// act is what one client does once; it gives the id of what it made, if it made something.
type act func(*client, *rand.Rand) (string, error)

// measure runs some clients for a time, prints how it went, and gives the ids that they made.
func (s *server) measure(op string, clients int, each time.Duration, do act) []string {
	spent := s.processor()
	took, ids, faults, seconds := run(clients, each, s.dial, do)
	tell("foljsam", op, clients, took, faults, seconds, (s.processor()-spent)/time.Duration(len(took)))
	return ids
}

func run(clients int, each time.Duration, dial func() (*client, error), do act) (took []time.Duration, ids []string, failed int64, seconds float64) {
	var mu sync.Mutex
	var faults atomic.Int64
	var wg sync.WaitGroup
	began := time.Now()
	for w := range clients {
		wg.Go(func() {
			c, err := dial()
			check(err)
			defer c.close()
			r := rand.New(rand.NewPCG(uint64(w), 7))
			var mine []time.Duration
			var made []string
			for time.Since(began) < each {
				at := time.Now()
				id, err := do(c, r)
				if err != nil {
					if faults.Add(1) == 1 {
						log.Print(err)
					}
					continue
				}
				mine = append(mine, time.Since(at))
				if id != "" {
					made = append(made, id)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			took, ids = append(took, mine...), append(ids, made...)
		})
	}
	wg.Wait()
	if len(took) == 0 {
		log.Fatal("no request succeeded")
	}
	return took, ids, faults.Load(), time.Since(began).Seconds()
}

func tell(peer, op string, clients int, took []time.Duration, faults int64, seconds float64, processor time.Duration) {
	slices.Sort(took)
	at := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
	fmt.Printf(`{"peer":%q,"op":%q,"c":%d,"ok":%d,"errors":%d,"per_s":%.0f,"p50_ms":%.2f,"p99_ms":%.2f,"cpu_us":%d}`+"\n",
		peer, op, clients, len(took), faults, float64(len(took))/seconds, at(.5), at(.99), processor.Microseconds())
}

// processor gives the processor time that the server has taken, where the system tells.
func (s *server) processor() time.Duration {
	if s.cmd == nil {
		return 0
	}
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/stat")
	_, after, _ := strings.Cut(string(text), ") ")
	words := strings.Fields(after)
	if err != nil || len(words) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(words[11])
	system, _ := strconv.Atoi(words[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
