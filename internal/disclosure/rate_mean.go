package disclosure

// District is what one district of a city reports, and how many adults live there.
type District struct {
	Count  Count
	Adults int // 0: not known; then its report cannot be used
}

// MeanOf gives a city's rate by Kolada's rule: the sum of the numbers that its districts
// report, per the sum of the adults in just those districts, when at least half of all
// districts report a number. A mark is no number. Otherwise it is secret when at least half
// report something, and else missing. Only shown numbers are added, so nothing about a
// district that is secret can be worked back.
func MeanOf(districts []District) Rate {
	p := Parts{Of: len(districts)}
	sum := 0
	for _, d := range districts {
		p.AdultsOf += int64(d.Adults)
		switch n, ok := d.Count.Number(); {
		case d.Adults <= 0:
		case ok:
			p.Numbers++
			p.Adults += int64(d.Adults)
			sum += n
		case d.Count.IsSecret():
			p.Secret++
		}
	}
	switch {
	case p.Of == 0:
		return Rate{}
	case 2*p.Numbers >= p.Of:
		r := RateOf(CountOf(sum), int(p.Adults))
		r.parts = p
		return r
	case 2*(p.Numbers+p.Secret) >= p.Of:
		return Rate{state: Masked, count: SecretCount(), parts: p}
	}
	return Rate{state: Missing, parts: p}
}
