package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
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

// again starts the program on a folder that was filled, and signs in.
func again(program, dir string) *server {
	jar, _ := cookiejar.New(nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := l.Addr().String()
	check(l.Close())
	s := &server{base: "http://" + address, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	s.cmd = exec.Command(program, "serve", "--lang", "en", "--data", filepath.Join(dir, "data"), "--keys", filepath.Join(dir, "keys"), "--listen", address)
	s.cmd.Stderr = os.Stderr
	check(s.cmd.Start())
	for {
		r, err := s.client.PostForm(s.base+"/logga-in", url.Values{"inloggning": {"bench"}, "losenord": {"en lång mening för mätning"}})
		if err == nil {
			check(r.Body.Close())
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	var units []struct{ ID string }
	check(json.Unmarshal(s.read(s.base+"/api/enheter"), &units))
	s.unit = units[0].ID
	s.next.Store(time.Now().Unix()) // no case has such a code
	return s
}

// results measures the pages of results, and what the program holds in memory before anybody has
// looked at them and after.
func (s *server) results(each time.Duration) {
	s.read(s.base + "/att-gora")
	s.read(s.base + "/arenden")
	s.rest("before results")
	s.alone()
	s.rest("after results")
	s.readers(50, 20, each, time.Second)
	s.readers(50, 20, each, 0)
	s.rest("after readers and writers")
	s.stop()
}

func (s *server) rest(when string) {
	fmt.Printf(`{"peer":"foljsam","op":"rest","when":%q,"rss_mb":%.1f}`+"\n", when, s.memory())
}

// alone asks for each page twenty times, one at a time, first as it is and then after a save each.
func (s *server) alone() {
	c, err := s.dial()
	check(err)
	defer c.close()
	r := rand.New(rand.NewPCG(1, 23))
	ask := func(page string, save bool) {
		var took []time.Duration
		var spent time.Duration
		const turns = 20
		for i := range turns {
			if save {
				_, err := s.create(c, r)
				check(err)
			}
			address := page
			if strings.Contains(page, "%d") {
				address = fmt.Sprintf(page, 2015+i%10)
			}
			before, at := s.processor(), time.Now()
			_, err := c.ask("GET", address, nil, http.StatusOK)
			check(err)
			took, spent = append(took, time.Since(at)), spent+s.processor()-before
		}
		slices.Sort(took)
		fmt.Printf(`{"peer":"foljsam","page":%q,"after_a_save":%t,"p50_ms":%.2f,"most_ms":%.2f,"cpu_ms":%.1f}`+"\n", page, save, ms(took[turns/2]), ms(took[turns-1]), ms(spent)/turns)
	}
	for _, page := range shownPages {
		ask(page, false)
	}
	for _, page := range shownPages {
		ask(page, true)
	}
}

// readers measures the pages of results while others save: so many people look at one page after
// the other, with a pause between, and so many save cases. pause is the writers'; 0: each saves
// as fast as it is answered.
func (s *server) readers(look, save int, each, pause time.Duration) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	took, saved, began, spent := map[string][]time.Duration{}, []time.Duration(nil), time.Now(), s.processor()
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
	fmt.Printf(`{"peer":"foljsam","op":"readers and writers","seconds":%.1f,"cpu_s":%.1f}`+"\n", time.Since(began).Seconds(), (s.processor() - spent).Seconds())
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
