package disclosure

// Sum is what several units have together under a key figure: made of what is shown of each
// and of nothing else, so it adds nothing to what anyone can work out. It lacks those that
// are secret and those that are missing, and says how many.
type Sum struct {
	Of      int // units
	Numbers int // with a rate that is shown: the sum and the means are made of these
	Secret  int // 1-4 cases each, in no sum
	Missing int
	Cases   int        // in the units with a rate
	Adults  int        // in the same units
	Rate    Hundredths // Cases per 10 000 Adults: weighted; 0 where Numbers is 0
	Mean    Hundredths // of the rates as they are shown, each unit alike: unweighted; 0 where Numbers is 0
}

// SumOf adds up rates. Whoever gives a city's rate must not give its districts' too.
func SumOf(rates []Rate) Sum {
	s := Sum{Of: len(rates)}
	total := Hundredths(0)
	for _, r := range rates {
		switch r.State() {
		case Number:
			n, _ := r.Cases()
			s.Numbers, s.Cases, s.Adults = s.Numbers+1, s.Cases+n, s.Adults+r.Adults()
			total += r.value
		case Masked:
			s.Secret++
		default:
			s.Missing++
		}
	}
	if s.Numbers > 0 {
		s.Rate = per(int64(s.Cases), int64(s.Adults))
		s.Mean = Hundredths(quotient(uint64(total), 1, uint64(s.Numbers)))
	}
	return s
}
