# One key ends when the next one begins, as both catalogues foretold, and in the middle of a minute:
# nothing is sealed under a key that has ended, nor receipted.
nodes helmo.be uhasselt.be
helmo.be gets a new signing key in 130s
the old keys of helmo.be end in 130s
uhasselt.be gets a new signing key in 160s
the old keys of uhasselt.be end in 160s
catalogue second is issued
all read catalogue second
settle
run 2m
helmo.be nominates A to uhasselt.be
run 20s
helmo.be nominates B to uhasselt.be
uhasselt.be accepts A
run 30s
helmo.be nominates C to uhasselt.be
uhasselt.be accepts B
settle
expect outbox 0 at helmo.be
expect outbox 0 at uhasselt.be
expect stuck 0 at helmo.be
expect stuck 0 at uhasselt.be
expect C pending at both
expect same
--
     0.000  helmo.be      > catalogue second: read
     0.000  uhasselt.be   > catalogue second: read
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
   120.025  helmo.be      > A: kept
   120.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   120.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   140.025  helmo.be      > B: kept
   140.025  uhasselt.be   > A: kept
   140.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   140.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   140.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   140.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   170.025  helmo.be      > C: kept
   170.025  uhasselt.be   > B: kept
   170.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   170.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   170.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   170.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
