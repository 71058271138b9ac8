# The home asks for a longer stay, the host says yes, no, or until when.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
helmo.be extends A until 2027-07-31
uhasselt.be says A arrived on 2027-02-03
settle
helmo.be extends A until 2027-07-31
settle
expect A extending at both
uhasselt.be refuses A
settle
expect A arrived at both
helmo.be extends A until 2027-07-15
settle
uhasselt.be accepts A
settle
expect A arrived at both
expect A extension 2 at uhasselt.be
# What is asked anew at the same time is not what was accepted.
helmo.be extends A until 2027-08-15
settle
at 20s helmo.be extends A until 2027-08-31
at 20s uhasselt.be accepts A
settle
expect A extending at both
expect A extension 2 at uhasselt.be
# A grant at the same time answers the question.
at 30s helmo.be extends A until 2027-08-20
at 30s uhasselt.be extends A until 2027-08-10
settle
expect A arrived at both
expect A extension 5 at helmo.be
# The stay that ended leaves no question.
at 40s helmo.be extends A until 2027-08-31
at 40s uhasselt.be says A departed on 2027-08-10
settle
expect A departed at both
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
     0.035  uhasselt.be   > A: kept
     0.035  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.045  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.045  helmo.be      > A: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: kept
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  uhasselt.be   > A: kept
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.085  helmo.be      > A: kept
     0.090  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.095  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.000  helmo.be      > A: kept
    20.000  uhasselt.be   > A: kept
    20.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    30.000  helmo.be      > A: kept
    30.000  uhasselt.be   > A: kept
    30.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    30.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    30.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    30.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    40.000  helmo.be      > A: kept
    40.000  uhasselt.be   > A: kept
    40.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    40.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    40.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    40.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
