# Both have something on its way, in a dossier where each answers the other, and both lose their keys:
# one to an end, the other to a revocation. Seals and receipts are made anew, and all arrives.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
drop every receipt from uhasselt.be to helmo.be
drop every receipt from helmo.be to uhasselt.be
helmo.be nominates B to uhasselt.be
uhasselt.be accepts A
run 20ms
cut helmo.be uhasselt.be
helmo.be amends A email
run 1h
helmo.be gets a new signing key
the old keys of helmo.be are revoked
uhasselt.be gets a new signing key
the old keys of uhasselt.be end
catalogue second is issued
helmo.be reads catalogue second
uhasselt.be nominates C to helmo.be
run 1m
uhasselt.be reads catalogue second
drop nothing
mend helmo.be uhasselt.be
run 2m
expect outbox 0 at helmo.be
expect outbox 0 at uhasselt.be
expect stuck 0 at helmo.be
expect stuck 0 at uhasselt.be
expect A accepted at both
expect B pending at both
expect C pending at both
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
     0.035  helmo.be      > B: kept
     0.035  uhasselt.be   > A: kept
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.055  helmo.be      > A: kept
     2.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.055  helmo.be      . uhasselt.be is silent about 2 records: sent again
     4.045  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
     4.045  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3600.055  helmo.be      > catalogue second: read
  3600.055  uhasselt.be   > C: kept
  3601.055  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
  3660.055  uhasselt.be   > catalogue second: read
  3660.065  uhasselt.be   . session to node.helmo.be opened
  3660.070  helmo.be      . session from node.uhasselt.be is live
  3660.080  helmo.be      . session to node.uhasselt.be opened
  3660.085  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3660.085  uhasselt.be   . session from node.helmo.be is live
  3660.100  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3660.100  helmo.be        uhasselt.be: 2 records sealed anew, for the key of their seal does not count any more
  3660.105  uhasselt.be   . records from helmo.be: 1 new, 1 repeated
  3660.105  uhasselt.be     helmo.be: 1 records sealed anew, for the key of their seal does not count any more
  3660.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3660.110  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
  3660.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3660.110  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3660.115  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known (2 times)
