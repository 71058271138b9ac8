# A recognition that does not fit the transcript is refused with a code.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
uhasselt.be issues A
settle
helmo.be crafts A beyond
settle
expect A transcript at both
expect records_refused 1 at uhasselt.be
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
     0.035  uhasselt.be   > A: kept (2 times)
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.045  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.055  helmo.be      . session to node.uhasselt.be opened
     0.060  uhasselt.be   . session from node.helmo.be is live
     0.070  uhasselt.be   . session to node.helmo.be opened
     0.075  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.075  helmo.be      . session from node.uhasselt.be is live
     0.080  uhasselt.be     helmo.be A: recognition refused: a field does not follow its rule (recognition.component_there)
     0.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.090  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
