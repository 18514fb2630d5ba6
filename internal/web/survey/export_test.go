package survey

import (
	"bytes"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
)

// Pages gives every page of staff's with the same words everywhere, and n of all there can be
// many of.
func Pages(p *locale.Printer, words *app.SurveyWords, h string, n int) map[string]any {
	some := func(most int) int { return min(n, most) }
	languages := repeat(language{Lang: locale.Arabic, Name: h, Mark: h, Address: h, Reviewed: n > 1}, some(4))
	languages = append(languages, language{Lang: locale.Swedish, Name: h, Chosen: true, Reviewed: true})
	link := &page.Link{Address: h, Text: h}
	empty := page.Empty{Title: h, Text: h}
	q := Question(h, n)
	table := page.Table{Caption: h, Hidden: true, Head: []page.Head{{Text: h}, {Text: h, Number: true}}, Rows: repeat(page.Row{{Text: h}, {Text: h}}, n)}
	numbered := func(k int) (all []result) {
		for i := range k {
			all = append(all, result{Nr: i + 1, Title: h, Table: table})
		}
		return all
	}
	var texts []text
	for i := range n {
		texts = append(texts, text{SurveyText: app.SurveyText{Key: "k" + codeText(i), Text: h, Own: "x", Swedish: h, Locked: i%3 == 0}, Fault: []string{"", h}[i%2]})
	}
	var wrote []written
	for i := range n {
		wrote = append(wrote, written{Nr: i + 1, Question: h, Day: h, Text: h, Case: h, Field: h, Tags: repeat(h, 3), Address: h})
	}
	var entries []entered
	for i := range some(5) {
		entries = append(entries, entered{Key: codeText(i), question: *q})
	}
	return map[string]any{
		"survey-case.html": []any{casePage{Title: h, Languages: languages, OnPaper: languages},
			casePage{Title: h, Owner: h, Code: h, Back: h, Post: h, HandOver: h, Open: h, Answered: h, Languages: languages, OnPaper: languages, Asked: repeat(h, n)}},
		"survey-hand.html":      handPage{h, h, h, h},
		"survey-interview.html": []any{interviewPage{Title: h}, interviewPage{Title: h, Owner: h, Code: h, Post: h, Back: h, How: h, Mark: h, Question: q, Before: repeat(h, some(3)), Lang: locale.Arabic, Dir: "rtl"}},
		"survey-enter.html":     []any{enterPage{Title: h, Questions: entries}, enterPage{Title: h, Owner: h, Code: h, Post: h, Back: h, Intro: h, Second: true, Own: n > 0, Questions: entries, Differs: repeat(differs{h, h, h}, some(5)), Chosen: n > 0}},
		"survey-print.html":     printPage{Title: h, Back: h, Code: h, Day: h, Lang: locale.Arabic, Dir: "rtl", Words: words, Questions: repeat(*q, some(5))},
		"survey-hub.html":       []any{hubPage{Title: h, None: empty}, hubPage{Title: h, Owner: h, Said: h, Near: repeat(lack{h, h, h, h, h}, n), Closed: repeat(lack{h, h, h, h, h}, n), Left: h, Paper: repeat(lack{h, h, h, h, h}, n), All: true, Looks: true, None: empty}},
		"survey-read.html":      []any{readPage{Title: h, None: empty}, readPage{Title: h, Owner: h, Back: link, Tags: repeat(tag{h, h, h, n > 1}, n), Texts: wrote, Of: h, Tag: h, Steps: repeat(*link, n), None: empty, Known: repeat(h, n)}},
		"survey-results.html":   resultsPage{Title: h, Back: link, Units: h, Results: numbered(some(4)), Answered: result{Nr: 9, Title: h, Table: table}, Stamps: repeat(h, some(3))},
		"survey-texts.html":     textsPage{Title: h, Back: link, Languages: languages},
		"survey-text.html": []any{textPage{Title: h, Lang: locale.Somali, Dir: "ltr", Own: true},
			textPage{Title: h, Owner: h, Back: link, Post: h, Lang: locale.Arabic, Dir: "rtl", State: h, Reviewed: n > 1, Version: n, Texts: texts, Versions: repeat(h, n), Note: h, NoteLack: n > 0}},
	}
}

func repeat[T any](x T, n int) (all []T) {
	for range n {
		all = append(all, x)
	}
	return all
}

// Question is one with the same words everywhere.
func Question(h string, n int) *question {
	q := &question{Lang: locale.Arabic, Dir: "rtl", Words: h, Nr: 1, Of: h, Comment: "…" + h, Text: h, Longest: 500, NoNames: h, Swedish: h, Free: n == 0}
	if n > 0 {
		q.Fault = h
	}
	for i := range min(n, 8) {
		q.Options = append(q.Options, option{Code: i + 1, Label: h, Swedish: h, Chosen: i == 1})
	}
	return q
}

// Client gives the client's pages as they are sent, with the same words in the question.
func Client(words *app.SurveyWords, h string, n int) (all []string, err error) {
	tongues := repeat(tongue{locale.Arabic, "rtl", h, h}, min(n, 4))
	for _, p := range []clientPage{
		{Words: words, Choose: tongues, Lang: locale.Swedish},
		{Words: words, Before: true, Lang: locale.Arabic},
		{Words: words, Question: Question(h, n), Lang: locale.Arabic},
		{Words: words, Ended: true, Lang: locale.Somali},
		{Lang: locale.Swedish, Neutral: []neutral{{locale.Swedish, h, h}, {locale.English, h, h}}},
	} {
		p.Title, p.Dir, p.Left, p.Most = h, p.Lang.Dir(), n, n
		var b bytes.Buffer
		if err := clientPages.ExecuteTemplate(&b, "client.html", p); err != nil {
			return nil, err
		}
		all = append(all, b.String())
	}
	return all, nil
}
