package synth

// Conflict is a figure of the report that the report's population does not, or not in
// every reading, come out with, and why.
type Conflict struct {
	Figure     string // as in testdata/report-figures.json
	Impossible bool   // it cannot be met together with the others; else a choice of reading
	Printed    string // as the report has it
	Text       string // text key: the reason
}

// Conflicts are all of them. docs/methods/synthetic-cases.md shows the arithmetic.
func Conflicts() []Conflict {
	return []Conflict{
		{"hrv_kvinnor_45_54", true, "9 %", "synth.conflict_women_45_54"},
		{"ovriga_risk", true, "56 %", "synth.conflict_risk_others"},
		{"enkat_203_routing", true, "0", "synth.conflict_meaning"},
		{"d06.n", false, "3 317", "synth.conflict_initiative"},
		{"d08.partner", false, "90 %", "synth.conflict_partner"},
		{"d09.n", false, "63 %", "synth.conflict_support_base"},
		{"d10.topp", false, "3,0", "synth.conflict_top_mean"},
		{"d12.n", false, "73 %", "synth.conflict_party_base"},
		{"d16.n", false, "2 163", "synth.conflict_days"},
		{"d17.cells", false, "51 % 34 % 58 %", "synth.conflict_days_reason"},
		{"d21.n", false, "34 %", "synth.conflict_honour_age"},
		{"d26.metod", false, "56 %", "synth.conflict_method"},
		{"sammanfattning.praktiskt", false, "18 %", "synth.conflict_practical"},
		{"man_aldre_antal", false, "14", "synth.conflict_older_men"},
		{"avrundning", false, "99-101 %", "synth.conflict_rounding"},
	}
}
