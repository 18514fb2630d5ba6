package app

import (
	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// ownColumns makes the columns of a register's local variables out of the answers of its cases:
// one for each, or where several answers may be chosen one for each answer.
func ownColumns(cb *codebook.Codebook, cases [][]record.LocalAnswer) (all []record.LocalColumn) {
	at := map[string]int{}
	add := func(name string) {
		at[name] = len(all)
		c := record.LocalColumn{Name: name, Values: make([]int16, len(cases))}
		for i := range c.Values {
			c.Values[i] = -1
		}
		all = append(all, c)
	}
	many := map[string]*codebook.Variable{}
	for _, v := range query.OwnLocal(cb) {
		if v.Kind == codebook.One {
			add(v.Column)
			continue
		}
		many[v.Column] = v
		for _, c := range v.Codes {
			add(query.LocalChoice(v.Column, c.Code))
		}
	}
	for i, answers := range cases {
		for _, a := range answers {
			if v := many[a.Column]; v != nil { // the question is answered: the others are not chosen
				for _, c := range v.Codes {
					x := &all[at[query.LocalChoice(a.Column, c.Code)]]
					x.Values[i] = max(x.Values[i], 0)
				}
				if k, ok := at[query.LocalChoice(a.Column, a.Code)]; ok {
					all[k].Values[i] = 1
				}
			} else if k, ok := at[a.Column]; ok {
				all[k].Values[i] = int16(a.Code)
			}
		}
	}
	return all
}
