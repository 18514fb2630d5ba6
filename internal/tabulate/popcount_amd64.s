#include "textflag.h"

// func countVector(a, b *uint64, n int) int
//
// Eight words at a time: and, count the bits of each, add; the last words under a mask.
TEXT ·countVector(SB), NOSPLIT, $0-32
	MOVQ a+0(FP), SI
	MOVQ b+8(FP), DI
	MOVQ n+16(FP), CX
	VPXORQ Z2, Z2, Z2
	VPXORQ Z3, Z3, Z3
	CMPQ CX, $16
	JLT  eight

sixteen:
	VMOVDQU64 (SI), Z0
	VMOVDQU64 64(SI), Z1
	VPANDQ    (DI), Z0, Z0
	VPANDQ    64(DI), Z1, Z1
	VPOPCNTQ  Z0, Z0
	VPOPCNTQ  Z1, Z1
	VPADDQ    Z0, Z2, Z2
	VPADDQ    Z1, Z3, Z3
	ADDQ      $128, SI
	ADDQ      $128, DI
	SUBQ      $16, CX
	CMPQ      CX, $16
	JGE       sixteen

eight:
	CMPQ CX, $8
	JLT  rest
	VMOVDQU64 (SI), Z0
	VPANDQ    (DI), Z0, Z0
	VPOPCNTQ  Z0, Z0
	VPADDQ    Z0, Z2, Z2
	ADDQ      $64, SI
	ADDQ      $64, DI
	SUBQ      $8, CX

rest:
	TESTQ CX, CX
	JZ    sum
	MOVQ  $1, AX
	SHLQ  CX, AX
	DECQ  AX
	KMOVQ AX, K1
	VMOVDQU64.Z (SI), K1, Z0
	VMOVDQU64.Z (DI), K1, Z1
	VPANDQ    Z1, Z0, Z0
	VPOPCNTQ  Z0, Z0
	VPADDQ    Z0, Z3, Z3

sum:
	VPADDQ        Z3, Z2, Z2
	VEXTRACTI64X4 $1, Z2, Y3
	VPADDQ        Y3, Y2, Y2
	VEXTRACTI128  $1, Y2, X3
	VPADDQ        X3, X2, X2
	VPSRLDQ       $8, X2, X3
	VPADDQ        X3, X2, X2
	VMOVQ         X2, AX
	MOVQ          AX, ret+24(FP)
	VZEROUPPER
	RET
