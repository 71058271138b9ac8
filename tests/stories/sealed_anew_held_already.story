# The partner has it, its receipt was lost, and the key of the seal is revoked before anybody could
# say so: the record goes again under a new seal, is none the newer for that, and its first receipt
# counts.
nodes helmo.be uhasselt.be
settle
drop next receipt from uhasselt.be to helmo.be
helmo.be nominates A to uhasselt.be
run 20ms
cut helmo.be uhasselt.be
expect outbox 1 at helmo.be
expect records 1 at uhasselt.be
run 1h
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
all read catalogue second
mend helmo.be uhasselt.be
run 1m
expect outbox 0 at helmo.be
expect records_taken 0 at uhasselt.be
uhasselt.be accepts A
run 1m
expect A accepted at both
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
     2.035  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  3600.045  helmo.be      > catalogue second: read
  3600.045  uhasselt.be   > catalogue second: read
  3600.055  helmo.be      . session to node.uhasselt.be opened
  3600.055  uhasselt.be   . session to node.helmo.be opened
  3600.060  uhasselt.be   . session from node.helmo.be is live
  3600.060  helmo.be      . session from node.uhasselt.be is live
  3600.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3600.065  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.070  helmo.be        uhasselt.be: 1 records sealed anew, for the key of their seal does not count any more
  3600.075  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
  3600.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3660.045  uhasselt.be   > A: kept
  3660.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3660.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
