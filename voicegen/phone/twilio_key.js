// Where a key leads, for Twilio Functions. It is the same for every page: nothing has to be changed in it.
exports.handler = function (context, event, callback) {
  const key = String(event.Digits || "");
  const next = String(event.next || "");
  let to = "menu";
  if (/^[1-9]$/.test(key)) to = "key-" + key;
  if (key === "#" && /^(chapter-[0-9]+|menu)$/.test(next)) to = next;
  const answer = new Twilio.twiml.VoiceResponse();
  answer.redirect({ method: "GET" }, to + ".xml");
  return callback(null, answer);
};
