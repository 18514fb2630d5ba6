package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// shownPages are pages of results, each with conditions or a period of somebody's own where the
// page has any: %d is a year, or a part of the answers.
var shownPages = []string{
	"/resultat", "/resultat?ar=%d", "/resultat/korstabell?rader=v59&kolumner=alder&ar=%d", "/resultat/d/d05?ar=%d",
	"/resultat/d/d14", "/resultat/fordjupning/heder", "/resultat/risk", "/resultat/tid",
}

// readers measures the pages of results while others save: so many people look at one page after
// the other, with a pause between, and so many save cases. pause is the writers'; 0: each saves
// as fast as it is answered.
func (s *server) readers(look, save int, each, pause time.Duration) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	took, saved, began := map[string][]time.Duration{}, []time.Duration(nil), time.Now()
	for w := range save {
		wg.Go(func() {
			c, err := s.dial()
			check(err)
			defer c.close()
			r := rand.New(rand.NewPCG(uint64(w), 17))
			for time.Since(began) < each {
				time.Sleep(time.Duration(r.Float64() * 2 * float64(pause)))
				at := time.Now()
				_, err := s.create(c, r)
				check(err)
				mu.Lock()
				saved = append(saved, time.Since(at))
				mu.Unlock()
			}
		})
	}
	for w := range look {
		wg.Go(func() {
			c, err := s.dial()
			check(err)
			defer c.close()
			r := rand.New(rand.NewPCG(uint64(w), 19))
			for time.Since(began) < each {
				time.Sleep(time.Duration(r.Float64() * 2 * float64(readersPause)))
				page := shownPages[r.IntN(len(shownPages))]
				address := page
				if strings.Contains(page, "%d") {
					address = fmt.Sprintf(page, 2020+r.IntN(4))
				}
				at := time.Now()
				_, err := c.ask("GET", address, nil, http.StatusOK)
				check(err)
				mu.Lock()
				took[page] = append(took[page], time.Since(at))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	tellPage("(save)", look, save, pause, saved)
	for _, page := range shownPages {
		tellPage(page, look, save, pause, took[page])
	}
}

// readersPause is what a reader rests between two pages, on average.
const readersPause = time.Second

func tellPage(page string, look, save int, pause time.Duration, took []time.Duration) {
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	at := func(p float64) float64 { return ms(took[int(p*float64(len(took)-1))]) }
	fmt.Printf(`{"peer":"foljsam","page":%q,"readers":%d,"writers":%d,"pause_ms":%.0f,"ok":%d,"p50_ms":%.2f,"p99_ms":%.2f,"most_ms":%.2f}`+"\n",
		page, look, save, ms(pause), len(took), at(.5), at(.99), at(1))
}
