# Its key is revoked, and the next one comes into force only later: what waits, waits, and is neither
# sent in vain nor forgotten.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be nominates A to uhasselt.be
run 1h
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
helmo.be clock -30m
all read catalogue second
mend helmo.be uhasselt.be
run 10m
expect outbox 1 at helmo.be
expect stuck 0 at helmo.be
run 25m
expect outbox 0 at helmo.be
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  3600.025  helmo.be      > catalogue second: read
  3600.025  uhasselt.be   > catalogue second: read
  3600.035  helmo.be      . session to node.uhasselt.be opened
  3600.035  uhasselt.be   . session to node.helmo.be opened
  3600.040  helmo.be      . session from node.uhasselt.be is live
  3600.040  uhasselt.be   . session from node.helmo.be is live
  3600.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
  5440.000  helmo.be        uhasselt.be: 1 records sealed anew, for the key of their seal does not count any more
  5440.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  5440.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
