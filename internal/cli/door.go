package cli

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// door is the way in to a running server for commands on the same machine: the server holds
// the data folder, and only it can read it. It listens on this machine only; its address is
// in a file in the data folder. Both prove that they have the key file before anything is
// said: whoever has only the folder, or only the machine, gets nothing.
type door struct {
	Address string `json:"address"`
	Nonce   string `json:"nonce"` // another at each start
}

// doorFile is where a server says how it is reached.
const doorFile = "dorr.json"

// The doors' addresses, and the header with the proof.
const (
	doorHello  = "/hej"
	doorBackup = "/kopia"
	doorVerify = "/prova"
	doorHeads  = "/slut"
	doorProof  = "Foljsam-Bevis"
)

// doorAsk is what a command asks for.
type doorAsk struct {
	To    app.BackupTo       `json:"to"`
	Heads []store.SignedHead `json:"heads"`
}

// openDoor opens the way in, until it is closed.
func openDoor(data string, keys *store.Keys, a *app.App) (shut func(), err error) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.door_failed")
	}
	d := door{at.Addr().String(), rand.Text()}
	server := &http.Server{Handler: d.handler(keys, a), ReadHeaderTimeout: readTime}
	go func() { _ = server.Serve(at) }()
	said, err := json.Marshal(d)
	if err == nil {
		err = replaceFile(filepath.Join(data, doorFile), func(w io.Writer) error { _, err := w.Write(said); return err })
	}
	shut = func() {
		_ = os.Remove(filepath.Join(data, doorFile)) // one that is left leads nowhere
		_ = server.Close()
	}
	if err != nil {
		shut()
		return nil, err
	}
	return shut, nil
}

func (d door) handler(keys *store.Keys, a *app.App) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+doorHello, func(w http.ResponseWriter, r *http.Request) {
		if proof, err := keys.Token("server " + d.Nonce + " " + r.URL.Query().Get("n")); err == nil {
			fmt.Fprint(w, proof)
		}
	})
	answer := func(path string, do func(http.ResponseWriter, *http.Request, doorAsk) error) {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<24))
			proof, bad := keys.Token("command " + d.Nonce + " " + path + " " + string(body))
			var ask doorAsk
			if err != nil || bad != nil || !hmac.Equal([]byte(proof), []byte(r.Header.Get(doorProof))) || json.Unmarshal(body, &ask) != nil {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			if err := do(w, r, ask); err != nil {
				tellDoor(w, err)
			}
		})
	}
	answer(doorBackup, func(w http.ResponseWriter, r *http.Request, ask doorAsk) error {
		out := &begun{w: w}
		_, err := a.BackUp(r.Context(), out, ask.To)
		if err != nil && out.yes {
			panic(http.ErrAbortHandler) // the file is cut, and whoever reads it is told so
		}
		return err
	})
	answer(doorVerify, func(w http.ResponseWriter, r *http.Request, ask doorAsk) error {
		proofs, err := a.Prove(r.Context(), ask.Heads)
		if err == nil {
			err = json.NewEncoder(w).Encode(sayProofs(proofs))
		}
		return err
	})
	answer(doorHeads, func(w http.ResponseWriter, r *http.Request, _ doorAsk) error {
		heads, err := a.SignHeads(r.Context())
		if err == nil {
			err = json.NewEncoder(w).Encode(heads)
		}
		return err
	})
	return mux
}

// begun tells whether anything was written.
type begun struct {
	w   io.Writer
	yes bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.w.Write(p)
}

// saidFault is an error as it goes through the door: its text key and arguments.
type saidFault struct {
	Key  string `json:"key"`
	Args []any  `json:"args"`
}

func sayFault(err error) saidFault {
	if e := new(fault.Error); errors.As(err, &e) {
		return saidFault{e.Key, e.Args}
	}
	return saidFault{Key: "fault.internal"}
}

func (f saidFault) err() error {
	for i, a := range f.Args {
		if n, ok := a.(float64); ok {
			f.Args[i] = int64(n)
		}
	}
	return fault.New(fault.Invalid, f.Key, f.Args...)
}

func tellDoor(w http.ResponseWriter, err error) {
	w.WriteHeader(http.StatusUnprocessableEntity)
	_ = json.NewEncoder(w).Encode(sayFault(err)) // nobody is there any more
}

// knock asks a running server. Before anything is said, the server proves that it has the key
// file: another program may have taken its place at the address.
func knock(ctx context.Context, data string, keys *store.Keys, path string, ask doorAsk) (io.ReadCloser, error) {
	var d door
	said, err := os.ReadFile(filepath.Join(data, doorFile))
	if err != nil || json.Unmarshal(said, &d) != nil {
		return nil, fault.New(fault.Invalid, "cli.door_none", "folder", data)
	}
	host, _, err := net.SplitHostPort(d.Address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, fault.New(fault.Invalid, "cli.door_none", "folder", data)
	}
	nonce := rand.Text()
	proof, err := keys.Token("server " + d.Nonce + " " + nonce)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Hour}} // never through a proxy
	hello, err := call(ctx, client, http.MethodGet, "http://"+d.Address+doorHello+"?n="+nonce, nil, "")
	if err != nil {
		return nil, fault.New(fault.Invalid, "cli.door_none", "folder", data)
	}
	defer hello.Close()
	if got, err := io.ReadAll(io.LimitReader(hello, 1<<10)); err != nil || !hmac.Equal(got, []byte(proof)) {
		return nil, fault.New(fault.Invalid, "cli.door_stranger")
	}
	body, err := json.Marshal(ask)
	if err == nil {
		proof, err = keys.Token("command " + d.Nonce + " " + path + " " + string(body))
	}
	if err != nil {
		return nil, err
	}
	return call(ctx, client, http.MethodPost, "http://"+d.Address+path, body, proof)
}

func call(ctx context.Context, client *http.Client, method, address string, body []byte, proof string) (io.ReadCloser, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set(doorProof, proof)
	answer, err := client.Do(r)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.door_cut")
	}
	if answer.StatusCode == http.StatusOK {
		return answer.Body, nil
	}
	defer answer.Body.Close()
	var said saidFault
	if json.NewDecoder(answer.Body).Decode(&said) != nil {
		return nil, fault.New(fault.Invalid, "cli.door_stranger")
	}
	return nil, said.err()
}
