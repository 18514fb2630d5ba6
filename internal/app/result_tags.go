package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// TagTable begins the names of the tables of Tags.
const TagTable = compile.TagTable

// Tags is in how many of the cases that are asked of each word stands that somebody has put on a
// text. The texts themselves are read elsewhere, by those who may. outward: as it may leave the
// house; then what is rare is not there.
func (a *App) Tags(ctx context.Context, by access.Actor, ask ResultAsk, outward bool) (*Results, error) {
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	if outward {
		x.chosen.Audience = disclosure.Publication
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	var tags []store.SurveyTag
	if err := r.Read(ctx, func(t *store.Tx) (err error) { tags, err = t.SurveyTags(); return err }); err != nil {
		return nil, err
	}
	kinds, err := a.tagged(r.ID(), x, tags)
	if err != nil {
		return nil, err
	}
	if x.Release, err = compile.TagsOf(kinds, x.chosen); err != nil {
		return nil, err
	}
	return x, x.count()
}

// tagged counts cases, not texts: a word on two texts of a case counts once.
func (a *App) tagged(register string, x *Results, tags []store.SurveyTag) ([]compile.Tagged, error) {
	kinds := []compile.Tagged{{Kind: "klient", Words: map[string]int64{}}, {Kind: "arende", Words: map[string]int64{}}}
	var with [2]map[uint32]bool
	for k := range kinds {
		with[k] = map[uint32]bool{}
		if err := x.columns.columns.Each(query.And(x.chosen.All(), x.columns.wrote(k)), func(number uint32) { with[k][number] = true }); err != nil {
			return nil, err
		}
		kinds[k].Texts = int64(len(with[k]))
	}
	numbers := a.numbersOf(register, tags)
	seen := map[store.SurveyTag]bool{}
	for i, t := range tags {
		k := 1
		if v := record.VariableOf(a.book, t.Field); v != nil && slices.Contains(surveyQuestions(a.book), v) {
			k = 0
		}
		once := store.SurveyTag{Case: t.Case, Tag: t.Tag, Field: kinds[k].Kind}
		if numbers[i] >= 0 && with[k][uint32(numbers[i])] && !seen[once] {
			seen[once] = true
			kinds[k].Words[t.Tag]++
		}
	}
	return kinds, nil
}

// numbersOf gives the places in memory of the cases that have been tagged; -1 where there is none.
func (a *App) numbersOf(register string, tags []store.SurveyTag) []int32 {
	l := a.liveEntry(register)
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]int32, len(tags))
	for i, t := range tags {
		at, known := l.at[keyOfCase(t.Case)]
		if all[i] = at; !known {
			all[i] = -1
		}
	}
	return all
}
