# Days that do not fit what the dossier knows: the own node says so, and a partner that says it is refused.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
uhasselt.be says A arrived on 2028-02-03
uhasselt.be says A arrived on 2027-02-30
uhasselt.be says A arrived on 2027-02-03
uhasselt.be says A departed on 2027-02-02
uhasselt.be extends A until 2027-02-02
settle
expect A arrived at both
uhasselt.be crafts A early
settle
expect A arrived at both
expect A records 5 at uhasselt.be
expect records_refused 1 at helmo.be
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
     0.035  uhasselt.be   > A: kept
     0.035  uhasselt.be   > A: a field does not follow its rule: arrival.in_year
     0.035  uhasselt.be   > A: a field does not follow its rule: arrival.date
     0.035  uhasselt.be   > A: kept
     0.035  uhasselt.be   > A: a field does not follow its rule: departure.after_arrival
     0.035  uhasselt.be   > A: a field does not follow its rule: extension.after_arrival
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.045  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.055  uhasselt.be   . session to node.helmo.be opened
     0.060  helmo.be      . session from node.uhasselt.be is live
     0.070  helmo.be      . session to node.uhasselt.be opened
     0.075  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.075  uhasselt.be   . session from node.helmo.be is live
     0.080  helmo.be        uhasselt.be A: departure refused: a field does not follow its rule (departure.after_arrival)
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.090  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
