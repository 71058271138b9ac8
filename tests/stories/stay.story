# Arrival, its correction, a longer stay granted, departure, and its correction.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be says A arrived on 2027-02-03
uhasselt.be accepts A
uhasselt.be says A departed on 2027-06-30
uhasselt.be says A arrived on 2027-02-03
settle
expect A arrived at both
helmo.be withdraws A
helmo.be amends A email
helmo.be amends A field
uhasselt.be says A arrived on 2027-02-05
settle
expect A arrived at both
expect A arrival 2 at helmo.be
uhasselt.be extends A until 2027-07-31
settle
expect A extension 3 at helmo.be
uhasselt.be says A departed on 2027-07-30
settle
expect A departed at both
uhasselt.be says A departed on 2027-07-31
helmo.be extends A until 2027-08-31
settle
expect A departure 5 at helmo.be
uhasselt.be issues A
settle
expect A transcript at both
expect records_refused 0 at helmo.be
expect records_refused 0 at uhasselt.be
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
     0.035  uhasselt.be   > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept
     0.035  uhasselt.be   > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.045  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.045  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.045  helmo.be      > A: kept
     0.045  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.045  uhasselt.be   > A: kept
     0.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: kept
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.065  uhasselt.be   > A: kept
     0.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.075  uhasselt.be   > A: kept
     0.075  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.085  uhasselt.be   > A: kept
     0.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.095  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
