// Package house guards the repository with tests: that the imports are those of
// docs/architecture.md, that functions and files stay short, that no variable number,
// machine path or registry name stands where it should not, that every text key exists
// in every language, and that every dependency has its reason.
//
// It holds no code that runs, imports no other package of the program and never changes
// a file. Each guard is a function from what it looks at to sentences about what is
// wrong, so that a second test can show it failing.
package house
