package account_test

import (
	"slices"
	"testing"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/store"
	"foljsam/internal/web/account"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(account.Templates), pages)
}

// pages gives every page in each of its states, with the same words everywhere, and n of all
// there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	now := time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC)
	own := app.OwnFactors{Passkeys: make([]store.Passkey, n), Recovery: n, Protection: app.Protection{Demand: app.Required, Until: now}}
	safe := own
	safe.CodesSince, safe.Has, safe.Demand = now, true, app.Recommended
	sessions := slices.Repeat([]account.Session{{ID: h, Role: h, Began: now, Seen: now}}, n)
	picture := app.Picture{Size: 33, Path: h}
	keys := slices.Repeat([]account.Passkey{{ID: h, Name: h, Created: now, Elsewhere: h}}, n)
	roles := slices.Repeat([]account.RuleRole{{Role: "r", Name: "x" + h, Choices: []account.Choice{{Value: h, Text: h, Chosen: true}}}}, n)
	return map[string]any{
		"account-own.html":      []any{account.OwnPage{Title: h, Own: own, Sessions: sessions}, account.OwnPage{Title: h, Own: safe, Sessions: sessions, Others: true, Demo: true}},
		"account-confirm.html":  []any{account.ConfirmPage{Title: h, Back: h, Login: h, Public: h, Wrong: h, Code: true, Passkey: true}, account.ConfirmPage{Title: h, Back: h}},
		"account-codes.html":    []any{account.CodesPage{Title: h, On: true, Login: h, Wrong: h}, account.CodesPage{Title: h, Secret: h, Picture: picture, Wrong: h}, account.CodesPage{Title: h}},
		"account-recovery.html": []any{account.RecoveryPage{Title: h, Codes: slices.Repeat([]string{h}, n), Has: true, Left: n}, account.RecoveryPage{Title: h}},
		"account-password.html": []any{account.PasswordPage{Title: h, Login: h, Shortest: n, Wrong: h, Field: "nytt"}, account.PasswordPage{Title: h, Field: "losenord", Wrong: h}, account.PasswordPage{Title: h, Demo: true}},
		"account-passkeys.html": []any{account.PasskeyPage{Title: h, Public: h, Keys: keys, Name: h, Wrong: h}, account.PasskeyPage{Title: h, Keys: keys}},
		"account-protect.html":  []any{account.ProtectPage{Title: h, Back: h, Until: now, Public: true}, account.ProtectPage{Title: h, Back: h, Over: true}, account.ProtectPage{Title: h, Back: h, Has: true}},
		"account-rule.html":     []any{account.RulePage{Title: h, Roles: roles}},
	}
}
