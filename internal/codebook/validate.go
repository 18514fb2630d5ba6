package codebook

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/locale"
)

// validate looks at what the parts of the file say together, and fills the codebook's
// indexes. Faults of single parts have been named already.
func (f *file) validate(c *Codebook) {
	c.byNumber, c.byRole, c.byGroup = map[int]*Variable{}, map[Role]*Variable{}, map[string]*Grouping{}
	f.validatePhases(c)
	for i, v := range c.Variables {
		f.validateVariable(c, v, fmt.Sprintf("variables[%d]", i+1))
	}
	f.validateRoles(c)
	f.validateFields(c)
	f.validateScales(c)
	f.validateSurvey(c)
	for i, g := range c.Groupings {
		f.validateGrouping(c, g, fmt.Sprintf("groupings[%d]", i+1))
	}
	f.validateChecks(c)
}

// at names a fault at a part of the file, or at the nearest part around it that stands there.
func (f *file) at(at, value, key string, args ...any) {
	near := at
	for f.lines[near] == 0 && near != "" {
		near = near[:max(0, strings.LastIndexAny(near, ".["))]
	}
	f.say(max(1, f.lines[near]), at, value, key, args...)
}

func (f *file) validatePhases(c *Codebook) {
	seen := map[Phase]bool{}
	for i, p := range c.Phases {
		if p.ID != "" && seen[p.ID] {
			f.at(fmt.Sprintf("phases[%d].id", i+1), string(p.ID), "codebook.id_twice")
		}
		seen[p.ID] = true
	}
}

func (f *file) validateVariable(c *Codebook, v *Variable, at string) {
	if f.lines[at+".number"] != 0 {
		switch {
		case v.Number < 1:
			f.at(at+".number", strconv.Itoa(v.Number), "codebook.number_small")
		case c.byNumber[v.Number] != nil:
			f.at(at+".number", strconv.Itoa(v.Number), "codebook.number_twice")
		default:
			c.byNumber[v.Number] = v
		}
	}
	f.validateRole(c, v, at)
	if v.Phase != "" && !slices.ContainsFunc(c.Phases, func(p PhaseName) bool { return p.ID == v.Phase }) {
		f.at(at+".phase", string(v.Phase), "codebook.phase_unnamed")
	}
	if len(v.Wording) > 0 && v.Phase != Survey {
		f.at(at+".wording", "", "codebook.wording_not_here")
	}
	f.validateAnswers(v, at)
}

// validateRole: a role once, and of the kind and on the level that the program expects.
func (f *file) validateRole(c *Codebook, v *Variable, at string) {
	if v.Role == "" {
		return
	}
	if c.byRole[v.Role] != nil {
		f.at(at+".role", string(v.Role), "codebook.role_twice")
	} else {
		c.byRole[v.Role] = v
	}
	if s := shapeOf(v.Role); v.Kind != "" && (s.kind != v.Kind || s.level != v.Level) {
		f.at(at+".role", string(v.Role), "codebook.role_shape", "kind", string(s.kind), "level", string(s.level))
	}
}

// validateAnswers looks at what variables and fields share.
func (f *file) validateAnswers(v *Variable, at string) {
	v.key = v.Key()
	if k := RulesOf(v.Kind); k != nil {
		k.Check(v, func(key string, args ...any) { f.at(at+".kind", string(v.Kind), key, args...) })
	}
	if !f.local && (len(v.Help) > 0) != (len(v.HelpSource) > 0) {
		f.at(at, "", "codebook.help_source")
	}
	last := 0
	ids := map[string]bool{}
	for i, c := range v.Codes {
		here := fmt.Sprintf("%s.codes[%d]", at, i+1)
		if c.Code <= last && f.lines[here+".code"] != 0 {
			f.at(here+".code", strconv.Itoa(c.Code), "codebook.code_order")
		}
		last = max(last, c.Code)
		if c.ID != "" && ids[c.ID] {
			f.at(here+".id", c.ID, "codebook.id_twice")
		}
		ids[c.ID] = true
		if !f.local && (len(c.Help) > 0) != (len(c.HelpSource) > 0) {
			f.at(here, "", "codebook.help_source")
		}
		if c.Scale != "" && v.Level != OfRisk {
			f.at(here+".scale", c.Scale, "codebook.scale_not_here")
		}
	}
	if v.Noted != nil {
		if v.Noted.Code != 0 {
			f.at(at+".noted.code", strconv.Itoa(v.Noted.Code), "codebook.noted_zero")
		}
		if v.Kind != Many {
			f.at(at+".noted", "", "codebook.noted_not_here", "kind", string(v.Kind))
		}
	}
}

func (f *file) validateRoles(c *Codebook) {
	for _, s := range roles {
		if s.required && c.byRole[s.role] == nil {
			f.at("variables", string(s.role), "codebook.role_missing")
		}
	}
}

// validateFields: a column once on a level; only one that stays at home may be of the case.
func (f *file) validateFields(c *Codebook) {
	seen := map[string]bool{}
	for i, v := range c.Fields {
		at := fmt.Sprintf("fields[%d]", i+1)
		id := string(v.Level) + "." + v.Column
		if v.Column != "" && seen[id] {
			f.at(at+".column", v.Column, "codebook.id_twice")
		}
		seen[id] = true
		if v.Level == OfCase && !v.Home {
			f.at(at+".level", string(v.Level), "codebook.field_level")
		}
		if other := c.byRole[v.Like]; v.Like != "" && other != nil {
			v.Codes = other.Codes
		} else if v.Like != "" {
			f.at(at+".like", string(v.Like), "codebook.role_missing")
		}
		f.validateRole(c, v, at)
		f.validateAnswers(v, at)
	}
}

func (f *file) validateScales(c *Codebook) {
	known := map[string]bool{}
	for i, s := range c.Scales {
		at := fmt.Sprintf("scales[%d]", i+1)
		if s.ID != "" && known[s.ID] {
			f.at(at+".id", s.ID, "codebook.id_twice")
		}
		known[s.ID] = true
		for j, l := range s.Levels {
			if j > 0 && l.Value <= s.Levels[j-1].Value {
				f.at(fmt.Sprintf("%s.levels[%d]", at, j+1), strconv.Itoa(l.Value), "codebook.code_order")
			}
		}
	}
	for i, v := range c.Variables {
		for j, code := range v.Codes {
			if code.Scale != "" && !known[code.Scale] {
				f.at(fmt.Sprintf("variables[%d].codes[%d].scale", i+1, j+1), code.Scale, "codebook.scale_unnamed")
			}
		}
	}
}

// validateSurvey: the survey asks what has a wording for it, each once, and all of it.
func (f *file) validateSurvey(c *Codebook) {
	for i, n := range c.Survey {
		at := fmt.Sprintf("survey[%d]", i+1)
		switch v := c.byNumber[n]; {
		case v == nil:
			f.at(at, strconv.Itoa(n), "codebook.no_variable")
		case len(v.Wording) == 0:
			f.at(at, strconv.Itoa(n), "codebook.survey_wording")
		case slices.Contains(c.Survey[:i], n):
			f.at(at, strconv.Itoa(n), "codebook.number_twice")
		}
	}
	for i, v := range c.Variables {
		at := fmt.Sprintf("variables[%d]", i+1)
		if len(v.Wording) > 0 && !slices.Contains(c.Survey, v.Number) {
			f.at(at+".wording", strconv.Itoa(v.Number), "codebook.survey_left_out")
		}
		if len(v.Wording) > 0 {
			f.validateSurveyLanguages(v, at)
		}
	}
}

// validateSurveyLanguages: nobody is asked in one language and given answers in another.
func (f *file) validateSurveyLanguages(v *Variable, at string) {
	for _, l := range slices.Sorted(maps.Keys(v.Wording)) {
		for i, c := range v.Codes {
			if c.Label[l] == "" && !slices.Contains(locale.Staff, l) { // those of staff are needed everywhere, and named already
				f.at(fmt.Sprintf("%s.codes[%d].label", at, i+1), string(l), "codebook.survey_language", "language", string(l))
			}
		}
	}
}

func (f *file) validateChecks(c *Codebook) {
	seen := map[string]bool{}
	for i := range c.Checks {
		k := &c.Checks[i]
		at := fmt.Sprintf("checks[%d]", i+1)
		if k.ID != "" && seen[k.ID] {
			f.at(at+".id", k.ID, "codebook.id_twice")
		}
		seen[k.ID] = true
		if k.Rule != "" {
			k.clauses = c.parseRule(k.Rule, func(key string, args ...any) { f.at(at+".rule", k.Rule, key, args...) })
		}
	}
}
