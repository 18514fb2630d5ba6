package exchange

// markAlone marks the packages that no other of the same register is compared with.
func markAlone(all []*delivered) {
	packages := map[string]int{}
	for _, p := range all {
		if p.used() {
			packages[p.Register]++
		}
	}
	for _, p := range all {
		p.alone = p.Register == "" || packages[p.Register] == 1
	}
}

// joinRegisters sees to that a case of one register that stands in several packages is
// counted once: the last package given has it. Who loses cases to whom is said once.
func joinRegisters(all []*delivered) {
	groups := map[string][]*delivered{}
	var order []string
	for _, p := range all {
		if !p.used() || p.Register == "" {
			continue
		}
		if groups[p.Register] == nil {
			order = append(order, p.Register)
		}
		groups[p.Register] = append(groups[p.Register], p)
	}
	for _, name := range order {
		if len(groups[name]) > 1 {
			joinRegister(groups[name])
		}
	}
}

// joinRegister goes through a register's packages from the last to the first.
func joinRegister(packages []*delivered) {
	for i := len(packages) - 2; i >= 0; i-- {
		packages[i].yield(packages[i+1:])
	}
}

// yield gives up the cases that later packages have.
func (p *delivered) yield(later []*delivered) {
	n := p.ids.len()
	lost := make([]bool, n)
	any := false
	told := make([]bool, len(later))
	for i := range n {
		id := p.ids.at(int32(i))
		hash := hashOf(id)
		for k := len(later) - 1; k >= 0; k-- {
			if later[k].ids.find(hash, id) < 0 {
				continue
			}
			lost[i], any = true, true
			if !told[k] {
				told[k] = true
				p.problems.warn(casesFile, "exchange.case_in_other", "by", later[k].Path)
			}
			break
		}
	}
	if any {
		p.drop(lost)
	}
}

// drop takes cases out of the package. Their pseudonyms stay in the table until all
// packages have been compared.
func (p *delivered) drop(lost []bool) {
	p.Batch.Keep(func(i int) bool { return !lost[i] })
	p.lost = lost
	p.renumberSpans()
}

func (p *delivered) renumberSpans() {
	number := make([]int32, len(p.lost))
	n := int32(0)
	for i, lost := range p.lost {
		if number[i] = n; lost {
			number[i] = -1
		} else {
			n++
		}
	}
	kept := p.Spans[:0]
	for _, s := range p.Spans {
		if s.Case = number[s.Case]; s.Case >= 0 {
			kept = append(kept, s)
		}
	}
	p.Spans = kept
}
