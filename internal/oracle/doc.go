// Package oracle reads the outward contract a second time. Its tests write
// packages of cases as files, good and faulty, run the program as a stranger
// would, and compare every number, status, dimension, problem and mark with
// plain counting, row by row.
//
// It shares no code with what it checks: it never uses the program's codebook,
// columns, tables or readers, and it never decides what is right by looking at
// what the program says.
package oracle
