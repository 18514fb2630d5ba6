package query

import "foljsam/internal/codebook"

// Family is a set divided: every case of Parent is in exactly one of Children. It is how
// disclosure control knows that counts add up.
type Family struct {
	Parent   Set
	Children []Set
}

// Families gives the divisions that follow from a codebook: every single-choice
// variable's codes, every grouping of a number or of single-choice codes, "noted none"
// against "some", and how repeated assessments moved.
func Families(cb *codebook.Codebook) []Family {
	var fs []Family
	for _, v := range cb.Variables {
		if v.Kind == codebook.One && v.Level == codebook.OfCase {
			fs = append(fs, codeFamily(v))
		}
		if v.Noted != nil {
			fs = append(fs, Family{Registered(v.Number), []Set{Codes(v.Number, v.Noted.Code), Codes(v.Number, allCodes(v)...)}})
		}
	}
	for _, g := range cb.Groupings {
		if m := groupsOf(cb, g.ID); m.Parts && len(m.Cats) > 1 && coversAll(cb, g) {
			fs = append(fs, Family{m.base, setsOf(m.Dim)})
		}
	}
	if v := cb.Role(codebook.Risk); v != nil {
		for _, c := range v.Codes {
			fs = append(fs, Family{Repeated(c.Code), []Set{Changed(c.Code, Lower), Changed(c.Code, Same), Changed(c.Code, Higher)}})
		}
	}
	return fs
}

func codeFamily(v *codebook.Variable) Family {
	f := Family{Parent: Registered(v.Number)}
	for _, c := range v.Codes {
		f.Children = append(f.Children, Codes(v.Number, c.Code))
	}
	return f
}

func setsOf(d Dim) []Set {
	sets := make([]Set, len(d.Cats))
	for i, c := range d.Cats {
		sets[i] = c.Set
	}
	return sets
}

// coversAll tells whether every answer is in one of a grouping's groups.
func coversAll(cb *codebook.Codebook, g *codebook.Grouping) bool {
	if len(g.Groups[0].Codes) > 0 {
		n := 0
		for _, x := range g.Groups {
			n += len(x.Codes)
		}
		return n == len(cb.Variable(g.Of).Codes)
	}
	next := 0
	for _, x := range g.Groups {
		if x.From == nil || *x.From > next {
			return false
		}
		if x.Till == nil {
			return true
		}
		next = *x.Till + 1
	}
	return false
}
