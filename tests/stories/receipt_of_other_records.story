# A receipt counts for the records that its signature is over, and not for those that it comes with.
nodes helmo.be uhasselt.be
settle
drop next deliver from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
run 1s
uhasselt.be tells helmo.be misplaced-receipt
run 100ms
expect outbox 1 at helmo.be
expect receipts_taken 0 at helmo.be
expect frames_refused 1 at helmo.be
uhasselt.be tells helmo.be miscounted-receipt
run 100ms
expect outbox 1 at helmo.be
expect receipts_taken 0 at helmo.be
expect frames_refused 2 at helmo.be
settle within 20s
expect A pending at both
expect same
expect invariants
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     1.025  helmo.be      ! node.uhasselt.be says what no node may say: a signature or digest does not hold: tell its administrator
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
