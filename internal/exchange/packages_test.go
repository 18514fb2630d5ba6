package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func desc(id, name, register string) string {
	s := `{"created":"2024-12-01"`
	for k, v := range map[string]string{"id": id, "name": name, "register": register} {
		if v != "" {
			s += `,"` + k + `":"` + v + `"`
		}
	}
	return s + "}"
}

func cases(ids ...string) string {
	s := caseHeader + "\n"
	for _, id := range ids {
		s += id + ",K,1,0180,2024-01-01,,,,,,,,,,,,,,,,,,,\n"
	}
	return s
}

func small(description string, ids ...string) pack {
	return pack{descriptionFile: description, casesFile: cases(ids...), supportFile: supHeader + "\n", riskFile: riskHeader + "\n"}
}

// used gives the packages that are used, each with its cases.
func used(d *Delivery) string {
	var all []string
	for _, p := range d.Packages {
		all = append(all, p.Path+": "+caseIDs(p))
	}
	return strings.Join(all, "; ")
}

func TestSamePackageReplaces(t *testing.T) {
	bad := small(desc("x", "n1", "r"), "A").with(casesFile, cases("A")+"B,K,1,180,2024-01-01\n")
	d := read(t, bad.folder(t, "one"), small(desc("y", "n1", "s"), "C").folder(t, "other"), small(desc("x", "n2", "t"), "A", "D").zip(t, "two.zip", ""), small(desc("x", "n3", "r"), "E").folder(t, "three"))
	expect(t, "the same id", said(d.Problems), "one,datapackage.json,,,,varning package_replaced\ntwo.zip,datapackage.json,,,,varning package_replaced")
	if got := used(d); got != "other: C; three: E" {
		t.Error(got)
	}
	d = read(t, small(desc("", "n", "r"), "A").folder(t, "one"), small(desc("", "n", "r"), "B").folder(t, "two"), small(desc("n", "n", "r"), "C").folder(t, "three"))
	expect(t, "the same name, where there is no id", said(d.Problems), "one,datapackage.json,,,,varning package_replaced")
	if got := used(d); got != "two: B; three: C" {
		t.Error(got)
	}
	nameless := small(desc("", "", ""), "A").folder(t, "p")
	d = read(t, nameless, nameless+"/")
	expect(t, "the same place, where there is neither", said(d.Problems), "p,datapackage.json,,,,varning package_replaced")
}

func TestSameCaseInTwoPackages(t *testing.T) {
	d := read(t,
		small(desc("1", "a", "r"), "A", "B", "C").with(supportFile, supHeader+"\nA,2024-01-01,,1,,\nC,2024-01-02,,1,,\n").folder(t, "one"),
		small(desc("2", "b", "other"), "A", "B").folder(t, "two"),
		small(desc("3", "c", "r"), "B", "A", "D").folder(t, "three"))
	expect(t, "", said(d.Problems), "one,arenden.csv,,,,varning case_in_other")
	if got := used(d); got != "one: C; two: A B; three: B A D" {
		t.Error(got)
	}
	if s := d.Packages[0].Spans; len(s) != 1 || s[0].Case != 0 || s[0].Began.String() != "2024-01-02" {
		t.Error(s)
	}
	d = read(t, small(desc("1", "n", ""), "A").folder(t, "one"), small(desc("2", "n", ""), "A").folder(t, "two"), small(desc("3", "", ""), "A").folder(t, "three"), small(desc("4", "", ""), "A").folder(t, "four"))
	expect(t, "the name stands for the register, and nothing for nothing", said(d.Problems), "one,arenden.csv,,,,varning case_in_other")
}

func TestManyPackagesKeepTheirOrder(t *testing.T) {
	var paths []string
	var want []string
	for i := range 40 {
		id := string(rune('a'+i%26)) + string(rune('a'+i/26))
		paths = append(paths, small(desc(id, id, id), id).folder(t, id))
		want = append(want, id+": "+id)
	}
	if got := used(read(t, paths...)); got != strings.Join(want, "; ") {
		t.Error(got)
	}
}

// evil writes a zip of a good package and further members.
func evil(t *testing.T, change func(w *zip.Writer, add func(h *zip.FileHeader, text string))) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(h *zip.FileHeader, text string) {
		m, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		m.Write([]byte(text))
	}
	change(w, add)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "p.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func addGood(add func(*zip.FileHeader, string), before string) {
	for name, text := range good() {
		add(&zip.FileHeader{Name: before + name, Method: zip.Deflate}, text)
	}
}

func TestMembersThatLeadOut(t *testing.T) {
	path := evil(t, func(_ *zip.Writer, add func(*zip.FileHeader, string)) {
		addGood(add, "uttag/")
		for _, name := range []string{"../evil.csv", "uttag/../../evil.csv", "/etc/evil", `C:\evil.csv`, `..\evil.csv`, "c:evil", `\\server\evil`, "uttag/.."} {
			add(&zip.FileHeader{Name: name}, "x")
		}
		add(&zip.FileHeader{Name: "uttag/a..b"}, "x")
		add(&zip.FileHeader{Name: "uttag/.../c"}, "x")
		add(&zip.FileHeader{Name: "__MACOSX/arenden.csv"}, "x")
	})
	d := read(t, path)
	expect(t, "", said(d.Problems), `p.zip,../evil.csv,,,,fel member_path
		p.zip,uttag/../../evil.csv,,,,fel member_path
		p.zip,/etc/evil,,,,fel member_path
		p.zip,C:\evil.csv,,,,fel member_path
		p.zip,..\evil.csv,,,,fel member_path
		p.zip,c:evil,,,,fel member_path
		p.zip,\\server\evil,,,,fel member_path
		p.zip,uttag/..,,,,fel member_path`)
	checkGood(t, d.Packages[0])
}

func TestOddMembers(t *testing.T) {
	path := evil(t, func(_ *zip.Writer, add func(*zip.FileHeader, string)) {
		g := good()
		add(&zip.FileHeader{Name: descriptionFile}, g[descriptionFile])
		add(&zip.FileHeader{Name: casesFile}, g[casesFile])
		add(&zip.FileHeader{Name: "./" + casesFile}, cases("X"))
		link := &zip.FileHeader{Name: supportFile}
		link.SetMode(fs.ModeSymlink | 0o777)
		add(link, "/etc/passwd")
		add(&zip.FileHeader{Name: riskFile, Flags: 1}, g[riskFile])
		add(&zip.FileHeader{Name: "lokala.csv/"}, "")
		add(&zip.FileHeader{Name: "readme.txt"}, "x")
	})
	d := read(t, path)
	expect(t, "", said(d.Problems), `p.zip,arenden.csv,,,,fel member_twice
		p.zip,insatser.csv,,,,fel file_link
		p.zip,risk.csv,,,,fel member_encrypted`)
	if got := used(d); got != "p.zip: A1 A2" {
		t.Error(got)
	}
}

func TestDamagedMember(t *testing.T) {
	for _, file := range []string{casesFile, supportFile} {
		path := good().zip(t, "p.zip", "")
		b, _ := os.ReadFile(path)
		r, _ := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		for _, m := range r.File {
			if at, _ := m.DataOffset(); m.Name == file {
				b[at+int64(m.CompressedSize64)/2] ^= 0x55
			}
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		d := read(t, path)
		if len(d.Packages) != 0 || len(d.Problems) == 0 || d.Problems[len(d.Problems)-1].File != file {
			t.Error(file, said(d.Problems))
		}
	}
	path := good().zip(t, "p.zip", "")
	b, _ := os.ReadFile(path)
	if err := os.WriteFile(path, b[:len(b)-30], 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, "cut off", said(read(t, path).Problems), "p.zip,,,,,fel zip_broken")
}

// A bomb is left out whether it says how large it is or not, and takes little memory.
func TestBombs(t *testing.T) {
	zeros := strings.Repeat("0,", 1<<20)
	honest := evil(t, func(_ *zip.Writer, add func(*zip.FileHeader, string)) {
		addGood(add, "")
		add(&zip.FileHeader{Name: "bomb", Method: zip.Deflate}, zeros+zeros)
	})
	lying := evil(t, func(_ *zip.Writer, add func(*zip.FileHeader, string)) {
		addGood(func(h *zip.FileHeader, s string) {
			if h.Name == supportFile {
				s += zeros
			}
			add(h, s)
		}, "")
	})
	lie(t, lying)
	for path, want := range map[string]string{honest: "p.zip,,,,,fel too_large", lying: "p.zip,insatser.csv,,,,fel file_unreadable"} {
		d, err := Read(context.Background(), []string{path, small(desc("z", "z", "z"), "A").folder(t, "p")}, Options{Layout: layout, MaxUnpacked: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, path, said(d.Problems), want)
		if len(d.Packages) != 1 || d.Packages[0].Path != "p" {
			t.Error("the rest goes on")
		}
	}
}

// What is unpacked is counted, whatever the list says.
func TestUnpackedIsCounted(t *testing.T) {
	say := &problems{limit: 10}
	z := openSource(good().zip(t, "p.zip", ""), Options{MaxUnpacked: 1 << 20}, say).(*zipped)
	z.left = 100
	r, _, err := z.open(casesFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, errTooLarge) {
		t.Error(err)
	}
	r.Close()
	z.close()
}

// lie makes the zip's list say that insatser.csv is 10 bytes.
func lie(t *testing.T, path string) {
	b, _ := os.ReadFile(path)
	name := bytes.LastIndex(b, []byte(supportFile)) // the list stands last
	binary.LittleEndian.PutUint32(b[name-46+24:], 10)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestManyMembers(t *testing.T) {
	path := evil(t, func(_ *zip.Writer, add func(*zip.FileHeader, string)) {
		addGood(add, "")
		for range maxMembers {
			add(&zip.FileHeader{Name: "x"}, "")
		}
	})
	expect(t, "", said(read(t, path).Problems), "p.zip,,,,,fel zip_members")
}

func TestLinksInAFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making links needs rights there")
	}
	dir := good().folder(t, "p")
	for _, name := range []string{supportFile, riskFile} {
		os.Remove(filepath.Join(dir, name))
	}
	if err := errors.Join(os.Symlink("/etc/passwd", filepath.Join(dir, supportFile)), os.Mkdir(filepath.Join(dir, riskFile), 0o700)); err != nil {
		t.Fatal(err)
	}
	d := read(t, dir)
	expect(t, "", said(d.Problems), "p,insatser.csv,,,,fel file_link\np,risk.csv,,,,fel file_kind")
	if len(d.Packages) != 1 {
		t.Error("the rest is read")
	}
}

func TestProblemsHaveALimit(t *testing.T) {
	p := small(desc("x", "x", "x")).with(casesFile, caseHeader+"\n"+strings.Repeat("A\n", 1000))
	d, err := Read(context.Background(), []string{p.folder(t, "p")}, Options{Layout: layout, MaxProblems: 10})
	if err != nil || len(d.Problems) != 11 || d.Problems[10].Key != "exchange.more_problems" || d.Problems[10].Args[1] != 990 {
		t.Error(err, len(d.Problems))
	}
}

func TestReadStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Read(ctx, []string{good().folder(t, "p")}, Options{Layout: layout}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestProgress(t *testing.T) {
	p := good()
	var done, total int64
	_, err := Read(context.Background(), []string{p.folder(t, "p"), p.with(descriptionFile, desc("z", "z", "z")).zip(t, "q", "")}, Options{Layout: layout, Progress: func(d, n int64) {
		if d < done {
			t.Error("backwards")
		}
		done, total = d, n
	}})
	if want := int64(2 * (len(p[casesFile]) + len(p[supportFile]) + len(p[riskFile]))); err != nil || done != want || total != want {
		t.Error(err, done, total, want)
	}
}
