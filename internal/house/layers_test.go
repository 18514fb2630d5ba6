package house

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A room is one row of the table in docs/architecture.md.
type room struct {
	may   []string
	later bool
}

// shown are the folders that hold only what may be shown, never what was counted.
var shown = []string{"web", "chart", "report"}

func TestImportsAreThoseOfTheArchitecture(t *testing.T) {
	rooms := readRooms(file(t, "docs/architecture.md"))
	report(t, append(layerFaults(rooms, sources(t)), tableFaults(rooms)...))
}

func TestPageFoldersDoNotImportEachOther(t *testing.T) {
	report(t, pageFaults(sources(t)))
}

func TestEveryPackageHasAComment(t *testing.T) {
	report(t, commentFaults(sources(t)))
}

// readRooms reads the table's rows: | `folder` | what | may import | state |.
func readRooms(text string) map[string]room {
	rooms := map[string]room{}
	for line := range strings.Lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		name := strings.Trim(strings.TrimSpace(cells[1]), "`")
		rooms[name] = room{
			may:   strings.Fields(strings.ReplaceAll(cells[3], "–", "")),
			later: strings.TrimSpace(cells[4]) == "later",
		}
	}
	return rooms
}

// layerFaults compares the table with the folders and imports as they are.
func layerFaults(rooms map[string]room, all []source) (faults []string) {
	lived := map[string]bool{}
	for _, s := range all {
		from := roomOf(rooms, s.dir())
		r, listed := rooms[from]
		if !listed {
			faults = append(faults, fmt.Sprintf("%s is in the folder %s, which docs/architecture.md does not list", s.path, s.dir()))
			continue
		}
		lived[from] = true
		if r.later {
			faults = append(faults, fmt.Sprintf("the folder %s is here, but docs/architecture.md says later", from))
		}
		if s.test() {
			continue
		}
		for _, to := range ourImports(s) {
			if in := roomOf(rooms, to); in != from && !slices.Contains(r.may, in) {
				faults = append(faults, fmt.Sprintf("%s imports %s; docs/architecture.md does not allow %s to import %s", s.path, to, from, in))
			}
		}
	}
	for name, r := range rooms {
		if !lived[name] && !r.later {
			faults = append(faults, fmt.Sprintf("docs/architecture.md says that the folder %s is here, but it holds no Go file", name))
		}
	}
	return faults
}

// tableFaults finds what the table itself may not say.
func tableFaults(rooms map[string]room) (faults []string) {
	for name, r := range rooms {
		for _, to := range r.may {
			if _, listed := rooms[to]; !listed {
				faults = append(faults, fmt.Sprintf("docs/architecture.md lets %s import %s, which it does not list", name, to))
			}
		}
	}
	for _, name := range shown {
		if slices.Contains(rooms[name].may, "tabulate") {
			faults = append(faults, fmt.Sprintf("docs/architecture.md lets %s import tabulate: it would hold counts that nobody has released", name))
		}
	}
	return faults
}

// roomOf gives the row that a folder belongs to: its own, or the outermost folder's.
func roomOf(rooms map[string]room, dir string) string {
	for d := dir; d != "." && d != "/"; d = path.Dir(d) {
		if _, ok := rooms[d]; ok {
			return d
		}
	}
	return dir
}

// ourImports gives the packages of this repository that a file imports, as the table writes them.
func ourImports(s source) (dirs []string) {
	for _, i := range s.syntax.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		rest, ours := strings.CutPrefix(name, "foljsam/")
		if !ours {
			continue
		}
		if inner, ok := strings.CutPrefix(rest, "internal/"); ok {
			dirs = append(dirs, inner)
		} else {
			dirs = append(dirs, "/"+rest)
		}
	}
	return dirs
}

// frame are the folders of web that pages share, and the one for their tests.
var frame = []string{"web/page", "web/form", "web/assets", "web/visit", "web/webtest"}

func pageFaults(all []source) (faults []string) {
	for _, s := range all {
		from, ok := pageFolder(s.dir())
		if !ok {
			continue
		}
		for _, i := range ourImports(s) {
			if to, ok := pageFolder(i); ok && to != from {
				faults = append(faults, fmt.Sprintf("%s imports the page folder %s; what both need belongs in web/page, web/form or web/visit", s.path, to))
			}
		}
	}
	return faults
}

// pageFolder gives web/GROUP for a folder in it, and whether it is a group of pages.
func pageFolder(dir string) (string, bool) {
	parts := strings.Split(dir, "/")
	if len(parts) < 2 || parts[0] != "web" {
		return "", false
	}
	group := parts[0] + "/" + parts[1]
	return group, !slices.Contains(frame, group)
}

func commentFaults(all []source) (faults []string) {
	has := map[string]bool{}
	for _, s := range all {
		if !s.test() {
			has[path.Dir(s.path)] = has[path.Dir(s.path)] || s.syntax.Doc != nil
		}
	}
	for dir, ok := range has {
		if !ok {
			faults = append(faults, fmt.Sprintf("the package in %s has no comment that says what it is for and what it never does", dir))
		}
	}
	return faults
}

func TestLayerGuardFails(t *testing.T) {
	rooms := readRooms("| folder | what | may import | state |\n|---|---|---|---|\n" +
		"| `chart` | diagrams | disclosure | here |\n| `disclosure` | masking | – | here |\n| `tabulate` | counting | – | later |\n")
	all := []source{
		read(t, "internal/chart/bars.go", `package chart; import _ "foljsam/internal/tabulate"`),
		read(t, "internal/chart/bars_test.go", `package chart; import _ "foljsam/internal/tabulate"`),
		read(t, "internal/chart/ooxml/part.go", `package ooxml; import _ "foljsam/internal/disclosure"`),
		read(t, "internal/attic/box.go", `package attic`),
		read(t, "internal/tabulate/count.go", `package tabulate`),
	}
	expect(t, layerFaults(rooms, all),
		"internal/chart/bars.go imports tabulate; docs/architecture.md does not allow chart to import tabulate",
		"internal/attic/box.go is in the folder attic, which docs/architecture.md does not list",
		"the folder tabulate is here, but docs/architecture.md says later",
		"docs/architecture.md says that the folder disclosure is here, but it holds no Go file")
	expect(t, tableFaults(map[string]room{"web": {may: []string{"tabulate"}}, "tabulate": {may: []string{"gone"}}}),
		"docs/architecture.md lets web import tabulate: it would hold counts that nobody has released",
		"docs/architecture.md lets tabulate import gone, which it does not list")
}

func TestPageGuardFails(t *testing.T) {
	expect(t, pageFaults([]source{
		read(t, "internal/web/signin/signin.go", `package signin; import (_ "foljsam/internal/web/page"; _ "foljsam/internal/web/tables")`),
		read(t, "internal/web/routes.go", `package web; import (_ "foljsam/internal/web/signin"; _ "foljsam/internal/web/tables")`),
	}), "internal/web/signin/signin.go imports the page folder web/tables; what both need belongs in web/page, web/form or web/visit")
}

func TestCommentGuardFails(t *testing.T) {
	expect(t, commentFaults([]source{
		read(t, "internal/a/a.go", "package a"),
		read(t, "internal/b/b.go", "package b"),
		read(t, "internal/b/doc.go", "// Package b says.\npackage b"),
	}), "the package in internal/a has no comment that says what it is for and what it never does")
}
