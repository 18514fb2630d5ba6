package synth

// makePlan settles every variable, each in the light of those before it.
func makePlan(n int, seed uint64, towns []Town) *plan {
	p := newPlan(n, seed, towns)
	for _, step := range []func(){
		p.planTowns, p.planHonour, p.planSex, p.planAge, p.planOrigin, p.planDisability,
		p.planSeverity, p.planPerpetrator, p.planInitiative, p.planChildren,
		p.planLength, p.planHelped, p.planReason, p.planReached, p.planAim,
		p.planChange, p.planMeaning, p.planInfluence, p.planPositive,
		p.planPartner, p.planParties, p.planAssessed, p.planInstrument, p.planAgain,
		p.planSupports, p.planCarried,
	} {
		step()
	}
	return p
}
