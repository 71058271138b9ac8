# A frame that comes twice is taken once: its number was used.
nodes helmo.be uhasselt.be
settle
keep next deliver from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
settle
replay
replay
run 1s
expect frames_refused 2 at uhasselt.be
expect records_taken 1 at uhasselt.be
expect records_repeated 0 at uhasselt.be
helmo.be nominates B to uhasselt.be
settle
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     1.035  helmo.be      > B: kept
     1.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
