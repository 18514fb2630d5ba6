package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
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
	which, err := x.columns.columns.Which(x.chosen.All())
	if err != nil {
		return nil, err
	}
	kinds := []compile.Tagged{{Kind: "klient", Words: map[string]int64{}}, {Kind: "arende", Words: map[string]int64{}}}
	chosen := make([]bool, len(x.columns.course))
	for _, i := range which {
		chosen[i] = true
		for k := range kinds {
			if x.columns.wrote[i][k] {
				kinds[k].Texts++
			}
		}
	}
	seen := map[store.SurveyTag]bool{}
	for _, t := range tags {
		i := a.placeOf(register, x.columns, t.Case)
		k := 1
		if v := record.VariableOf(a.book, t.Field); v != nil && slices.Contains(surveyQuestions(a.book), v) {
			k = 0
		}
		once := store.SurveyTag{Case: t.Case, Tag: t.Tag, Field: kinds[k].Kind}
		if i >= 0 && chosen[i] && x.columns.wrote[i][k] && !seen[once] {
			seen[once] = true
			kinds[k].Words[t.Tag]++
		}
	}
	return kinds, nil
}

// placeOf gives where a case stands among those that are shown; -1 where it does not.
func (a *App) placeOf(register string, s *shownColumns, id string) int32 {
	l := a.liveEntry(register)
	l.mu.Lock()
	defer l.mu.Unlock()
	i, known := l.at[keyOfCase(id)]
	if !known || int(i) >= len(s.place) {
		return -1
	}
	return s.place[i]
}
