# A Hello that speaks no version of ours is refused; the session of the versions that both speak lives.
nodes helmo.be uhasselt.be
settle
uhasselt.be tells helmo.be other-versions
run 1s
expect frames_refused 1 at helmo.be
helmo.be nominates A to uhasselt.be
uhasselt.be nominates B to helmo.be
settle within 1s
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
     0.025  helmo.be      ! node.uhasselt.be says what no node may say: of a schema this version does not know: tell its administrator
     1.025  helmo.be      > A: kept
     1.025  uhasselt.be   > B: kept
     1.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     1.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     1.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
