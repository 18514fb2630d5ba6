package main

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// pages measures how long the server takes for each page that a caseworker uses, asked for one
// at a time in the full register: the median and the longest of twenty, and the bytes.
func (s *server) pages() {
	c, err := s.dial()
	check(err)
	defer c.close()
	one := s.known[len(s.known)/2]
	for _, path := range []string{"/att-gora", "/arenden", "/arenden?sida=50", "/arenden?lage=avslutat", "/arenden/nytt", "/genomgang", "/genomgang/" + one,
		"/arenden/" + one + "/bakgrund", "/arenden/" + one + "/fore", "/arenden/" + one + "/under", "/arenden/" + one + "/efter", "/arenden/" + one + "/enkat",
		"/arenden/" + one + "/historik", "/arenden/" + one + "/avslutat", "/komplett"} {
		var took []time.Duration
		var text []byte
		for range 20 {
			at := time.Now()
			if text, err = c.ask("GET", path, nil, http.StatusOK); err != nil {
				break
			}
			took = append(took, time.Since(at))
		}
		if err != nil {
			fmt.Printf(`{"peer":"foljsam","page":%q,"not":%q}`+"\n", path, err.Error()[:min(len(err.Error()), 40)])
			continue
		}
		slices.Sort(took)
		fmt.Printf(`{"peer":"foljsam","page":%q,"ms":%.2f,"most_ms":%.2f,"bytes":%d}`+"\n", path, ms(took[len(took)/2]), ms(took[len(took)-1]), len(text))
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
