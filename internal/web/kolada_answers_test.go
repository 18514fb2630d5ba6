package web_test

import (
	"testing"

	"foljsam/internal/web/webtest"
)

// Those of the questions and answers of SKR's page that are no rules (the others are tests of
// internal/indicator): anyone can read them beside the published figures.

func methods(t *testing.T) *webtest.Page {
	t.Helper()
	x := newTown(t)
	x.addNation(t)
	return x.Browser(t).Get("/jamfor/metod")
}

// "Nyckeltalen togs fram av SKR och Rådet för främjande av kommunala analyser, RKA, hösten 2023."
func TestWhoMadeTheKeyFigures(t *testing.T) {
	if p := methods(t); !p.Says("Sveriges Kommuner och Regioner (SKR) och Rådet för främjande av kommunala analyser (RKA), hösten 2023") {
		t.Error(p.Status, p.Body)
	}
}

// "Socialstyrelsens Öppna jämförelser innehåller processindikatorer … men fångar inte hur stor målgruppen
// våldsutsatta är i socialtjänsten, om de får insatser, och om insatserna gör nytta."
func TestHowTheyDifferFromOppnaJamforelser(t *testing.T) {
	if p := methods(t); !p.Says("De visar inte hur många våldsutsatta socialtjänsten möter, om de får insatser och om insatserna gör nytta") {
		t.Error(p.Status, p.Body)
	}
}
