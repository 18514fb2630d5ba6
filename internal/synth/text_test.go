package synth

import "math"

func known(v int) pred { return answeredV(v) }

// textFigures counts every figure of the report's running text, by the id it has in
// testdata/report-figures.json.
var textFigures = map[string]func(cs counted, packs []Package) float64{
	"kommuner":                func(cs counted, packs []Package) float64 { return float64(len(packs)) },
	"storlek_40_99":           pct(inSize(3), every),
	"tackning_75_100":         func(cs counted, packs []Package) float64 { return covered(packs, 4) },
	"tackning_under_25":       func(cs counted, packs []Package) float64 { return covered(packs, 1) },
	"enkat_andel":             pct(svarat, isClosed),
	"insats_85":               pct(hasSupport, every),
	"alder_25_44":             pct(aged(25, 44), ageKnown),
	"alder_65_":               pct(aged(65, 130), ageKnown),
	"enkat_203_routing":       num(all(known(203), none(chosen(202, 1, 2)))),
	"avbrutna_orsak":          pct(chosen(257, 3, 4), all(chosen(161, 3), known(257))),
	"boende":                  pct(supported(10, 11, 12, 13), every),
	"insatser_medel":          func(cs counted, _ []Package) float64 { return cs.mean(supportsOf, hasSupport) },
	"utovare_partner":         pct(chosen(58, 1, 2), known(58)),
	"utovare_barn":            num(chosen(58, 5)),
	"funktion_fysisk":         pct(chosen(19, 1), known(19)),
	"funktion_psykisk":        pct(chosen(19, 2), known(19)),
	"samverkan_noterad":       num(known(127)),
	"samverkan_part":          num(anyParty),
	"samverkan_halften":       pct(anyParty, every),
	"samverkan_medel":         func(cs counted, _ []Package) float64 { return cs.mean(partiesOf, anyParty) },
	"mal_helt_eller_delvis":   pct(chosen(192, 1, 2), all(isClosed, known(192))),
	"samverkan_resurscentrum": num(chosen(127, 8)),
	"funktion_intellektuell":  pct(chosen(19, 3), known(19)),

	"vald_grovt_eller_mycket": pct(chosen(67, 2, 3), known(67)),
	"vald_unga_mycket_grovt":  pct(chosen(67, 3), all(known(67), aged(18, 24))),
	"vald_unga_grovt":         pct(chosen(67, 2), all(known(67), aged(18, 24))),
	"vald_storlek": func(cs counted, _ []Package) float64 {
		far := 0.0
		for k := 1; k <= 4; k++ {
			far = max(far, cs.apart(known(67), inSize(k), every, codesOf(67, 1, 2, 3)...))
		}
		return far
	},

	"tid_tackat_nej": func(cs counted, _ []Package) float64 {
		base := all(days(1, 90), chosen(257, 1, 3, 4))
		return cs.percent(chosen(257, 3), base) - max(cs.percent(chosen(257, 1), base), cs.percent(chosen(257, 4), base))
	},
	"tid_inte_aterkommit": pct(chosen(257, 4), all(days(1, 90), chosen(257, 1, 3, 4))),
	"tid_mal_271_360":     pct(chosen(257, 1), all(days(271, 360), chosen(257, 1, 3, 4))),
	"tid_fallande":        func(cs counted, _ []Package) float64 { return -max(steepest(cs, 3), steepest(cs, 4)) },
	"tid_mal_stigande":    func(cs counted, _ []Package) float64 { return -steepestDown(cs, 1) },

	"enkat_samre":           pct(chosen(202, 4, 5), known(202)),
	"enkat_betydelse":       pct(chosen(203, 4, 5), known(203)),
	"enkat_liten_betydelse": pct(chosen(203, 1, 2), known(203)),
	"enkat_delaktig":        pct(chosen(212, 4, 5), known(212)),
	"enkat_ej_delaktig":     pct(chosen(212, 1, 2), known(212)),

	"bortfall_kon":       far(known(14), all(isClosed, svarat), isClosed, codesOf(14, 1, 2)...),
	"bortfall_alder":     far(ageKnown, all(isClosed, svarat), isClosed, agePreds()...),
	"bortfall_funktion":  far(known(19), all(isClosed, svarat), isClosed, codesOf(19, 1, 2, 3, 4, 5)...),
	"bortfall_ursprung":  more(chosen(20, 1), known(20), all(isClosed, svarat), isClosed),
	"bortfall_ej_hrv":    more(ej, known(59), all(isClosed, svarat), isClosed),
	"bortfall_en_insats": more(oneSupport, every, all(isClosed, svarat), isClosed),
	"bortfall_vald":      more(chosen(67, 1), known(67), all(isClosed, svarat), isClosed),

	"topp": num(topp),
	"topp_av_avslutade": func(cs counted, _ []Package) float64 {
		return 100 * float64(cs.count(topp)) / float64(cs.count(isClosed))
	},
	"topp_bast":           func(cs counted, _ []Package) float64 { p, _ := bestTown(cs); return p },
	"topp_bast_storlek":   func(cs counted, _ []Package) float64 { _, n := bestTown(cs); return n },
	"topp_fd_partner":     more(chosen(58, 2), known(58), topp, every),
	"topp_partner":        more(chosen(58, 1), known(58), topp, every),
	"topp_ingen_funktion": more(chosen(19, 4), known(19), topp, every),
	"topp_insats":         more(hasSupport, every, topp, every),
	"topp_medel": func(cs counted, _ []Package) float64 {
		return cs.mean(supportsOf, all(topp, hasSupport)) - cs.mean(supportsOf, hasSupport)
	},
	"topp_bistand":         more(decided, basisKnown, topp, every),
	"topp_risk":            more(riskDone, every, topp, every),
	"topp_ingen_samverkan": more(chosen(127, 0), known(127), topp, every),
	"topp_kon":             far(known(14), topp, every, codesOf(14, 1, 2)...),
	"topp_alder":           far(ageKnown, topp, every, agePreds()...),
	"topp_ursprung":        far(known(20), topp, every, codesOf(20, 1, 2, 3, 4, 5)...),
	"topp_grad":            far(known(67), topp, every, codesOf(67, 1, 2, 3)...),
	"topp_heder":           far(known(59), topp, every, codesOf(59, 1, 2, 3)...),
	"topp_initiativ":       far(known(49), topp, every, chosen(49, 1), soc),

	"hrv_antal":    num(hrv),
	"hrv_andel":    pct(hrv, known(59)),
	"hrv_minsta":   func(cs counted, _ []Package) float64 { return cs.more(hrv, known(59), every, inSize(1)) },
	"hrv_kvinnor":  pct(hrv, all(known(59), women)),
	"hrv_man":      pct(hrv, all(known(59), men)),
	"hrv_funktion": far(known(19), hrv, every, codesOf(19, 1, 2, 3)...),
	"hrv_18_34":    pct(aged(18, 34), all(hrv, ageKnown)),
	"hrv_55_":      num(all(hrv, aged(55, 130))),

	"hrv_man_18_34":           pct(aged(18, 34), all(hrv, men, ageKnown)),
	"hrv_kvinnor_18_34":       pct(aged(18, 34), all(hrv, women, ageKnown)),
	"hrv_kvinnor_45_54":       pct(hrv, all(known(59), women, aged(45, 54))),
	"hrv_kvinnor_varav_45_54": pct(aged(45, 54), all(hrv, women, ageKnown)),
	"hrv_ursprung":            pct(chosen(20, 4), all(hrv, chosen(20, 1, 2, 3, 4))),
	"hrv_ursprung_nast": func(cs counted, _ []Package) float64 {
		base := all(hrv, chosen(20, 1, 2, 3, 4))
		return cs.percent(chosen(20, 2), base) - max(cs.percent(chosen(20, 1), base), cs.percent(chosen(20, 3), base))
	},
	"hrv_mycket_grovt":    pct(chosen(67, 3), all(hrv, known(67))),
	"ej_hrv_mycket_grovt": pct(chosen(67, 3), all(ej, known(67))),
	"hrv_partner":         more(chosen(58, 1, 2), known(58), hrv, ej),
	"hrv_foraldrar":       more(chosen(58, 3), known(58), hrv, ej),
	"hrv_slakt":           more(chosen(58, 4), known(58), hrv, ej),
	"hrv_risk":            pct(riskDone, hrv),
	"ej_hrv_risk":         pct(riskDone, ej),
	"ovriga_risk":         pct(riskDone, none(hrv)),
	"hrv_insatser_ovrigt": func(cs counted, _ []Package) float64 {
		least := 100.0
		for k := 1; k <= 19; k++ {
			if k != 4 {
				least = min(least, cs.more(supported(k), hasSupport, hrv, ej))
			}
		}
		return least
	},
	"hrv_sakerhet":  more(supported(7), hasSupport, hrv, ej),
	"hrv_skyddat":   more(supported(10), hasSupport, hrv, ej),
	"hrv_praktiskt": more(supported(1), hasSupport, hrv, ej),
	"hrv_tid": far(isClosed, hrv, ej, days(0, 0), days(1, 90), days(91, 180), days(181, 270), days(271, 360),
		days(361, 450), days(451, 720)),
	"hrv_mal":         more(chosen(192, 1), known(192), hrv, ej),
	"hrv_samre_mal":   more(chosen(192, 4), known(192), hrv, ej),
	"hrv_samre_enkat": more(chosen(202, 4, 5), known(202), hrv, ej),

	"man_antal":        num(men),
	"man_foralder":     more(chosen(58, 3), known(58), men, women),
	"man_annan":        more(chosen(58, 6), known(58), men, women),
	"man_fd":           more(chosen(58, 2), known(58), men, women),
	"man_mycket_grovt": more(chosen(67, 3), known(67), men, women),
	"man_freda":        more(instrumented(1), riskDone, men, women),
	"man_insatser": func(cs counted, _ []Package) float64 {
		return math.Round(10*cs.mean(supportsOf, all(hasSupport, men)))/10 - math.Round(10*cs.mean(supportsOf, all(hasSupport, women)))/10
	},
	"man_avbryter":    more(chosen(161, 3), known(161), men, women),
	"man_mal":         far(known(192), men, women, codesOf(192, 1, 2)...),
	"man_samre":       more(chosen(192, 4), known(192), men, women),
	"man_ursprung":    far(known(20), men, women, codesOf(20, 1, 2, 3, 4)...),
	"man_fysisk":      far(known(19), men, women, chosen(19, 1)),
	"man_psykisk":     far(known(19), men, women, chosen(19, 2)),
	"man_unga":        more(aged(18, 24), ageKnown, men, women),
	"man_aldre":       more(aged(65, 130), ageKnown, men, women),
	"man_aldre_antal": num(all(men, aged(65, 130))),
	"man_skyddat":     more(supported(10), hasSupport, men, women),
	"man_sakerhet":    more(supported(7), hasSupport, men, women),
	"man_tillfalligt": more(supported(13), hasSupport, men, women),
	"man_stodsamtal":  more(supported(4), hasSupport, men, women),

	"risk_mycket_grovt": more(riskDone, known(67), chosen(67, 3), every),
	"risk_lika":         pct(movedBy(1, 0), repeated(1)),
	"risk_lika_samtal":  pct(movedBy(6, 0), repeated(6)),
	"risk_riktning": func(cs counted, _ []Package) float64 {
		return cs.percent(movedBy(1, 1), repeated(1)) - cs.percent(movedBy(1, -1), repeated(1))
	},
	"risk_lika_mal": pct(movedBy(1, 0), all(repeated(1), chosen(192, 1))),
}

func pct(p, base pred) func(counted, []Package) float64 {
	return func(cs counted, _ []Package) float64 { return cs.percent(p, base) }
}

func num(p pred) func(counted, []Package) float64 {
	return func(cs counted, _ []Package) float64 { return float64(cs.count(p)) }
}

func more(p, known, a, b pred) func(counted, []Package) float64 {
	return func(cs counted, _ []Package) float64 { return cs.more(p, known, a, b) }
}

func far(known, a, b pred, answers ...pred) func(counted, []Package) float64 {
	return func(cs counted, _ []Package) float64 { return cs.apart(known, a, b, answers...) }
}

func covered(packs []Package, coverage int) float64 {
	n := 0
	for _, p := range packs {
		if p.Coverage == coverage {
			n++
		}
	}
	return float64(n)
}

// reasonByTime is the part of a reason among the three common ones, in the four periods.
func reasonByTime(cs counted, reason int) (out []float64) {
	for _, d := range [][2]int{{1, 90}, {91, 180}, {181, 270}, {271, 360}} {
		out = append(out, cs.percent(chosen(257, reason), all(days(d[0], d[1]), chosen(257, 1, 3, 4))))
	}
	return out
}

// steepest is the largest change upwards from a period to the next.
func steepest(cs counted, reason int) float64 {
	up, parts := math.Inf(-1), reasonByTime(cs, reason)
	for i := 1; i < len(parts); i++ {
		up = max(up, parts[i]-parts[i-1])
	}
	return up
}

func steepestDown(cs counted, reason int) float64 {
	down, parts := math.Inf(-1), reasonByTime(cs, reason)
	for i := 1; i < len(parts); i++ {
		down = max(down, parts[i-1]-parts[i])
	}
	return down
}

// bestTown gives the highest part of the closed cases with the best outcome, and how many
// cases that municipality has.
func bestTown(cs counted) (percent, size float64) {
	byUnit := map[string]counted{}
	for _, c := range cs {
		byUnit[c.Unit] = append(byUnit[c.Unit], c)
	}
	for _, of := range byUnit {
		if p := 100 * float64(of.count(all(isClosed, topp))) / float64(of.count(isClosed)); p > percent {
			percent, size = p, float64(len(of))
		}
	}
	return percent, size
}
