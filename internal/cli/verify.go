package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// verifyCommand goes through an installation or a backup, and says what it found.
type verifyCommand struct {
	File       string `arg:"" optional:"" name:"backup"`
	Data       string `placeholder:"dir"`
	Keys       string `placeholder:"file"`
	Database   string `placeholder:"address" env:"FOLJSAM_DATABASE"`
	Recovery   string `placeholder:"file"`
	Passphrase string `placeholder:"file"`
	Head       string `placeholder:"file"`
	SaveHead   string `placeholder:"file"`
	Public     bool
}

// saidProof is what was gone through of a register, as it goes through the door and is told.
type saidProof struct {
	Register                                string
	Cases, Revisions, Codes, Lines, Signeds int64
	Hash                                    string
	Faults                                  []saidFault
}

func sayProofs(all []store.Proof) (said []saidProof) {
	for _, p := range all {
		x := saidProof{p.Register, p.Cases, p.Revisions, p.Codes, p.Lines, p.Signed, p.Head.Hash, nil}
		for _, err := range p.Faults {
			x.Faults = append(x.Faults, sayFault(err))
		}
		said = append(said, x)
	}
	return said
}

// Run verifies, and fails where anything is wrong.
func (c *verifyCommand) Run(s *session) error {
	outside, err := readHeads(c.Head)
	if err != nil {
		return err
	}
	if c.File != "" {
		return c.backup(s)
	}
	p := placeOf(c.Data, c.Keys, c.Database)
	if err := p.there(); err != nil {
		return err
	}
	keys, err := s.openKeys(p.keys)
	if err != nil {
		return err
	}
	if c.Public {
		public, err := keys.PublicText()
		if err == nil {
			s.line("cli.verify_public", "key", public)
		}
		return err
	}
	said, err := c.live(s, p, keys, outside)
	if err != nil {
		return err
	}
	return s.judge(said)
}

// live goes through an installation, by itself or by asking the server that holds it.
func (c *verifyCommand) live(s *session, p installation, keys *store.Keys, outside []store.SignedHead) (said []saidProof, err error) {
	st, err := store.Open(s.ctx, store.Options{Folder: p.data, Address: p.database, Keys: keys})
	if isInUse(err) {
		return c.running(s, p, keys, outside)
	}
	if err != nil {
		return nil, err
	}
	a := app.New(app.Options{Store: st, Codebook: codebook.Default(), Now: swedishNow})
	proofs, err := a.Prove(s.ctx, outside)
	if err == nil && c.SaveHead != "" && store.Whole(proofs) {
		var heads []store.SignedHead
		if heads, err = a.SignHeads(s.ctx); err == nil {
			err = s.saveHeads(c.SaveHead, heads)
		}
	}
	if closed := st.Close(); err == nil {
		err = closed
	}
	return sayProofs(proofs), err
}

// running asks the server that holds an installation.
func (c *verifyCommand) running(s *session, p installation, keys *store.Keys, outside []store.SignedHead) (said []saidProof, err error) {
	if err := ask(s, p, keys, doorVerify, doorAsk{Heads: outside}, &said); err != nil {
		return nil, err
	}
	if c.SaveHead == "" || wrongIn(said) > 0 {
		return said, nil
	}
	var heads []store.SignedHead
	if err := ask(s, p, keys, doorHeads, doorAsk{}, &heads); err != nil {
		return said, err
	}
	return said, s.saveHeads(c.SaveHead, heads)
}

func ask(s *session, p installation, keys *store.Keys, path string, what doorAsk, answer any) error {
	from, err := knock(s.ctx, p.data, keys, path, what)
	if err != nil {
		return err
	}
	defer from.Close()
	if json.NewDecoder(from).Decode(answer) != nil {
		return fault.New(fault.Invalid, "cli.door_cut")
	}
	return nil
}

// backup proves a backup by restoring it in a place that goes away again.
func (c *verifyCommand) backup(s *session) error {
	with, err := s.opens(c.Recovery, c.Passphrase)
	if err != nil {
		return err
	}
	done, err := s.tryBackup(c.File, c.Keys, with)
	if err != nil {
		return err
	}
	s.line("cli.verify_backup", "date", s.text.Date(done.Head.Made))
	return s.judge(sayProofs(done.Proofs))
}

// judge tells what was found, and fails where anything is wrong.
func (s *session) judge(said []saidProof) error {
	s.tellProofs(said)
	if wrong := wrongIn(said); wrong > 0 {
		return fault.New(fault.Invalid, "cli.verify_wrong", "n", wrong)
	}
	s.line("cli.verify_whole")
	return nil
}

func wrongIn(said []saidProof) (n int) {
	for _, p := range said {
		n += len(p.Faults)
	}
	return n
}

func (s *session) tellProofs(said []saidProof) {
	for _, p := range said {
		name := p.Register
		if name == store.NodeID {
			name = s.text.T("cli.verify_node")
		}
		if n := len(p.Faults); n > 0 {
			fmt.Fprintln(s.stdout, "  "+s.text.T("cli.verify_damaged", "register", name, "n", n))
			s.tellFaults(p.Faults)
			continue
		}
		fmt.Fprintln(s.stdout, "  "+s.text.T("cli.verify_register", "register", name, "cases", s.text.Int(p.Cases), "revisions", s.text.Int(p.Revisions), "codes", s.text.Int(p.Codes), "lines", s.text.Int(p.Lines), "signed", s.text.Int(p.Signeds), "head", p.Hash[:min(16, len(p.Hash))]))
	}
}

func (s *session) tellFaults(all []saidFault) {
	for _, f := range all {
		fmt.Fprintln(s.stdout, "    "+s.text.T("cli.verify_fault", "text", s.text.Error(f.err())))
	}
}

// readHeads reads signed heads that somebody keeps outside: a file of them, or a backup.
func readHeads(name string) (all []store.SignedHead, err error) {
	if name == "" {
		return nil, nil
	}
	if h, err := headOfFile(name); err == nil {
		return h.Heads, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.secret_unread", "file", name)
	}
	for line := range strings.Lines(string(text)) {
		var h store.SignedHead
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if json.Unmarshal([]byte(line), &h) != nil || h.Register == "" {
			return nil, fault.New(fault.Invalid, "cli.verify_head_form", "file", name)
		}
		all = append(all, h)
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Invalid, "cli.verify_head_form", "file", name)
	}
	return all, nil
}

func (s *session) saveHeads(name string, heads []store.SignedHead) error {
	err := replaceFile(name, func(w io.Writer) error {
		for _, h := range heads {
			if err := json.NewEncoder(w).Encode(h); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.line("cli.verify_saved", "file", absolute(name))
	}
	return err
}
