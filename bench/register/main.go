// Command register measures how fast a register takes in cases and gives them back, over
// HTTP: it starts the program on an empty folder, makes the first register, fills it with
// so many cases, and then posts and reads with 1, 8 and 64 clients. It talks to this
// machine only, and prints a line of JSON for each measurement, in the form that the other
// systems' bench prints.
//
//	go run ./bench/register -foljsam bin/foljsam -fill 100000 -t 4s
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	program := flag.String("foljsam", "bin/foljsam", "the program")
	fill := flag.Int("fill", 100_000, "cases in the register before measuring")
	each := flag.Duration("t", 4*time.Second, "time for each measurement (at most 30s)")
	keep := flag.String("keep", "", "an empty folder that is filled and left as it is, with data and keys in it; nothing is measured")
	peer := flag.String("peer", "", "host:port of a PocketBase with the collection `cases`, measured instead")
	results := flag.Bool("results", false, "measure the pages of results instead, alone and while others save")
	filled := flag.String("in", "", "a folder that -keep filled, for -results; it is not filled again, and cases are added to it")
	flag.Parse()
	if *each > 30*time.Second {
		log.Fatal("at most 30s")
	}
	if *peer != "" {
		measurePeer(*peer, *each)
		return
	}
	if *keep != "" {
		s := start(*program, *keep)
		s.begin()
		s.fill(*fill)
		s.stop()
		return
	}
	if *filled != "" {
		again(*program, *filled).results(*each)
		return
	}
	dir, err := os.MkdirTemp("", "register-bench-*")
	check(err)
	defer os.RemoveAll(dir)
	s := start(*program, dir)
	s.begin()
	s.fill(*fill)
	if *results {
		s.stop()
		again(*program, dir).results(*each)
		return
	}
	for _, clients := range []int{1, 8, 64} {
		s.known = append(s.known, s.measure("create", clients, *each, s.create)...)
		s.measure("get", clients, *each, s.get)
	}
	s.pages()
	fmt.Printf(`{"peer":"foljsam","op":"rest","cases":%d,"rss_mb":%.1f}`+"\n", len(s.known), s.memory())
	s.stop()
	s.restart(*program, dir)
}

// server is a running program and a client that is signed in.
type server struct {
	cmd    *exec.Cmd
	base   string
	code   string
	client *http.Client
	unit   string
	known  []string
	next   atomic.Int64
}

var said = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+|[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}`)

func start(program, dir string) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := l.Addr().String()
	check(l.Close())
	jar, _ := cookiejar.New(nil)
	s := &server{client: &http.Client{Jar: jar, Timeout: 30 * time.Second,
		Transport: &http.Transport{MaxIdleConns: 128, MaxIdleConnsPerHost: 128}}}
	s.cmd = exec.Command(program, "serve", "--lang", "en", "--data", filepath.Join(dir, "data"), "--keys", filepath.Join(dir, "keys"), "--listen", address)
	out, err := s.cmd.StdoutPipe()
	check(err)
	s.cmd.Stderr = os.Stderr
	check(s.cmd.Start())
	lines := bufio.NewScanner(out)
	for (s.base == "" || s.code == "") && lines.Scan() {
		for _, word := range said.FindAllString(lines.Text(), -1) {
			if strings.HasPrefix(word, "http") {
				s.base = word
			} else {
				s.code = word
			}
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s
}

// begin makes the first register by the page that asks for it, and signs in.
func (s *server) begin() {
	posted := url.Values{"kod": {s.code}, "namn": {"Bench"}, "inloggning": {"bench"}, "losenord": {"en lång mening för mätning"}, "losenord2": {"en lång mening för mätning"},
		"register": {"Mätning"}, "ansvarig": {"Mätning"}, "omrade": {"1884"}, "enhet": {"Enhet"}}
	r, err := s.client.PostForm(s.base+"/forsta", posted)
	check(err)
	check(r.Body.Close())
	var units []struct{ ID string }
	check(json.Unmarshal(s.read(s.base+"/api/enheter"), &units))
	if len(units) != 1 {
		log.Fatal("the first run did not succeed")
	}
	s.unit = units[0].ID
}

func (s *server) read(address string) []byte {
	r, err := s.client.Get(address)
	check(err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	check(err)
	if r.StatusCode != http.StatusOK {
		log.Fatalf("%d %.200s", r.StatusCode, b)
	}
	return b
}

// body is a whole case: every common variable, one support, two risk assessments.
const body = `{"enhet":%q,"arende":"A-%d","klient":"K-%d","svar":{"1":"1","5":"2022-05-0%d","14":"1","15":"%d","19":"2","20":"1","41":"2","49":"1|8","58":"2","59":"2","67":"%d",` +
	`"risk.1.90":"1","risk.1.datum":"2022-05-10","risk.1.fas":"1","risk.1.skattning":"%d","risk.2.90":"6","risk.2.datum":"2022-10-10","risk.2.fas":"3","risk.2.skattning":"4",` +
	`"110":"2","insats.1.117":"2022-05-20","insats.1.118":"3|4|7|10","insats.1.126":"1","127":"5|7","161":"1","192":"1","256":"2022-11-01","257":"1","202":"1","203":"4","206":"1","212":"4","217":"Ingen kommentar lämnad i enkäten"}}`

func (s *server) create(c *client, r *rand.Rand) (string, error) {
	n := s.next.Add(1)
	b := fmt.Appendf(nil, body, s.unit, n, r.IntN(1e9), 1+r.IntN(9), 18+r.IntN(60), 1+r.IntN(3), r.IntN(11))
	text, err := c.ask("POST", "/api/arenden", b, http.StatusCreated)
	return idIn(text), err
}

// idIn gives the id in the answer to a case that was filed.
func idIn(answer []byte) string {
	_, rest, _ := bytes.Cut(answer, []byte(`"id":"`))
	id, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(id)
}

func (s *server) get(c *client, r *rand.Rand) (string, error) {
	_, err := c.ask("GET", "/api/arenden/"+s.known[r.IntN(len(s.known))], nil, http.StatusOK)
	return "", err
}

// dial begins a client that is signed in.
func (s *server) dial() (*client, error) {
	at, err := url.Parse(s.base)
	if err != nil {
		return nil, err
	}
	for _, c := range s.client.Jar.Cookies(at) {
		if c.Name == "foljsam" {
			return dial(at.Host, c.Name+"="+c.Value)
		}
	}
	return nil, fmt.Errorf("nobody is signed in")
}

func (s *server) fill(n int) {
	began := time.Now()
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range 64 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 11))
			c, err := s.dial()
			check(err)
			defer c.close()
			for int(s.next.Load()) < n {
				id, err := s.create(c, r)
				check(err)
				mu.Lock()
				s.known = append(s.known, id)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Printf(`{"peer":"foljsam","op":"fill","c":64,"ok":%d,"per_s":%.0f}`+"\n", len(s.known), float64(len(s.known))/time.Since(began).Seconds())
}

// memory gives the megabytes that the program holds after it has rested, where the system
// tells.
func (s *server) memory() float64 {
	time.Sleep(10 * time.Second) // the cases are read, and what that took is given back
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kb) / 1024
		}
	}
	return 0
}

func (s *server) stop() {
	if runtime.GOOS == "windows" {
		check(s.cmd.Process.Kill())
	} else {
		check(s.cmd.Process.Signal(os.Interrupt))
	}
	_ = s.cmd.Wait() // its exit status says that it was interrupted
}

// restart measures how long a full register takes to its first answer, and what it holds
// in memory at rest.
func (s *server) restart(program, dir string) {
	address := strings.TrimPrefix(s.base, "http://")
	s.cmd = exec.Command(program, "serve", "--lang", "en", "--data", filepath.Join(dir, "data"), "--keys", filepath.Join(dir, "keys"), "--listen", address)
	began := time.Now()
	check(s.cmd.Start())
	for {
		r, err := s.client.Get(s.base + "/att-gora")
		if err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
			break
		}
		time.Sleep(time.Millisecond)
	}
	first := time.Since(began)
	fmt.Printf(`{"peer":"foljsam","op":"restart","cases":%d,"first_page_ms":%.1f,"rss_mb":%.1f}`+"\n", len(s.known), float64(first.Microseconds())/1000, s.memory())
	s.stop()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
