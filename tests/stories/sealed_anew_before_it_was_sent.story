# A key is revoked while the partner is away and a batch of records waits: they are sealed anew before
# anything is sent that would not be taken. Who dies before that is committed does it once more; who
# dies after it does not.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be nominates A to uhasselt.be
helmo.be nominates B to uhasselt.be
run 1h
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
all read catalogue second
mend helmo.be uhasselt.be
helmo.be dies before commit number 10
run 1s
expect records 0 at uhasselt.be
helmo.be starts
helmo.be dies after commit number 4
run 1s
expect records 0 at uhasselt.be
helmo.be starts
run 1m
expect outbox 0 at helmo.be
expect seals_renewed 0 at helmo.be
expect notices 0 at helmo.be
expect A pending at both
expect B pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > B: kept
     2.025  helmo.be      . uhasselt.be is silent about 2 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  3600.025  helmo.be      > catalogue second: read
  3600.025  uhasselt.be   > catalogue second: read
  3600.035  helmo.be      . session to node.uhasselt.be opened
  3600.035  uhasselt.be   . session to node.helmo.be opened
  3600.040  helmo.be      . session from node.uhasselt.be is live
  3600.040  uhasselt.be   . session from node.helmo.be is live
  3600.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3601.035  helmo.be      . session to node.uhasselt.be opened
  3601.040  uhasselt.be   . session from node.helmo.be is live
  3601.050  uhasselt.be   . session to node.helmo.be opened
  3602.035  helmo.be      . session to node.uhasselt.be opened
  3602.040  uhasselt.be   . session from node.helmo.be is live
  3602.050  uhasselt.be   . session to node.helmo.be opened
  3602.055  helmo.be      . session from node.uhasselt.be is live
  3602.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3602.060  uhasselt.be   . records from helmo.be: 2 new, 0 repeated
  3602.065  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
