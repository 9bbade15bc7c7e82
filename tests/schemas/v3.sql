PRAGMA application_id = 1668243811;
BEGIN TRANSACTION;
CREATE TABLE agreed_actions (
	action_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	agreed_at INTEGER NOT NULL, 
	text TEXT, 
	due_on INTEGER, 
	done_at INTEGER, 
	extra TEXT, 
	FOREIGN KEY(client_id) REFERENCES clients (client_id)
);
INSERT INTO "agreed_actions" VALUES(1,1,1795430864417959,'write to Dana',20787,1795222800000000,NULL);
CREATE TABLE changed_rows (
	changed_row_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	change_id INTEGER NOT NULL, 
	client_id INTEGER, 
	table_name TEXT NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	FOREIGN KEY(change_id) REFERENCES changes (change_id)
);
INSERT INTO "changed_rows" VALUES(1,1,1,'clients',1,NULL,'{"name": "Zoë ''Zed'' Ox", "coach": "Rosa Lind", "timezone": "America/Denver", "country": "US-CA", "tracked_since": 1767225600000000, "status": "paused", "greeting": "Dear", "sign_off": "Kind regards", "formality": "warm"}');
INSERT INTO "changed_rows" VALUES(2,2,2,'clients',2,NULL,'{"name": "Ann Lee", "timezone": "UTC"}');
INSERT INTO "changed_rows" VALUES(3,3,1,'opportunities',1,NULL,'{"client_id": 1, "employer": "Acme; \"Söhne\"", "role": "Cook\nand baker", "field": "Sales", "country": "DE", "wait_days": 3, "outcome": "rejected", "outcome_at": 1795222800000000, "hold_until": 20788, "hold_reason": "on holiday", "follow_up_on": 20790, "follow_up_reason": "after the fair", "applied_on": 20758, "link": "https://example.com/cook", "location": "Denver", "outcome_words": "not selected", "notes": "=1+1"}');
INSERT INTO "changed_rows" VALUES(4,4,2,'opportunities',2,NULL,'{"client_id": 2, "employer": "Zig", "role": "Zag", "field": "Beekeeping", "outcome": "open"}');
INSERT INTO "changed_rows" VALUES(5,5,1,'interviews',1,NULL,'{"opportunity_id": 1, "held_at": 1795194000000000, "ended_at": 1795197600000000, "time_known": 1, "cancelled": 0, "promised_by": 20784, "answer_fit": "well", "answer_steps": "two", "answer_more": "no", "answer_timeline": "a week"}');
INSERT INTO "changed_rows" VALUES(6,6,2,'interviews',2,NULL,'{"opportunity_id": 2, "held_at": 1795194000000000}');
INSERT INTO "changed_rows" VALUES(7,7,1,'contacts',1,NULL,'{"opportunity_id": 1, "interview_id": 1, "at": 1795222800000000, "time_known": null, "direction": "out", "channel": "email", "kind": "thank_you", "promised_by": null, "needs_answer": null, "text": "Thanks"}');
INSERT INTO "changed_rows" VALUES(8,7,1,'contacts',2,NULL,'{"opportunity_id": 1, "interview_id": null, "at": 1795222800000000, "time_known": 0, "direction": "in", "channel": "email", "kind": "reply", "promised_by": 20785, "needs_answer": 1, "text": null}');
INSERT INTO "changed_rows" VALUES(9,8,1,'interviewers',1,NULL,'{"interview_id": 1, "name": "Dana", "role": "Chef", "email": "d@example.com", "topics": "knives"}');
INSERT INTO "changed_rows" VALUES(10,9,1,'key_answers',1,NULL,'{"interview_id": 1, "question": "Why us?", "answer_given": "pay", "treatment": "modify", "better_answer": "the kitchen"}');
INSERT INTO "changed_rows" VALUES(11,10,1,'work_samples',1,NULL,'{"client_id": 1, "title": "Menu", "location": "menu.pdf", "confidential": 0}');
INSERT INTO "changed_rows" VALUES(12,11,1,'notes',1,NULL,'{"client_id": 1, "opportunity_id": 1, "written_at": 1795430864410521, "private": 1, "text": "is shy"}');
INSERT INTO "changed_rows" VALUES(13,12,2,'notes',2,NULL,'{"client_id": 2, "written_at": 1795430864416192, "private": 0, "text": "likes fish"}');
INSERT INTO "changed_rows" VALUES(14,13,1,'agreed_actions',1,NULL,'{"client_id": 1, "agreed_at": 1795430864417959, "text": "write to Dana", "due_on": 20787, "done_at": 1795222800000000}');
INSERT INTO "changed_rows" VALUES(15,14,NULL,'fields',36,NULL,'{"field": "Sales", "effective_from": 1795430864419605, "pace": "aggressive", "wait_days": 1, "later_wait_days": 4, "window_days": 2, "max_unanswered": 3, "let_go_weeks": 3, "promise_grace_days": 1, "thank_you_hours": 24, "channels": "call email card", "extra": "{\"basis\": \"the coach''s own\", \"evidence\": \"they answer fast\"}"}');
INSERT INTO "changed_rows" VALUES(16,15,1,'import_marks',1,NULL,'{"client_id": 1, "source": "tracker", "row_key": "a1", "table_name": "contacts", "row_id": 1}');
INSERT INTO "changed_rows" VALUES(17,16,1,'note_drafts',1,NULL,'{"client_id": 1, "kind": "thank_you", "interview_id": 1, "interviewer_id": null, "subject": "Thanks", "text": null, "answers": "{\"why\": \"it''s\"}"}');
INSERT INTO "changed_rows" VALUES(18,17,2,'note_drafts',2,NULL,'{"client_id": 2, "kind": "weekly", "interview_id": null, "interviewer_id": null, "subject": null, "text": "Well done;\nand on", "answers": null}');
INSERT INTO "changed_rows" VALUES(19,18,2,'clients',2,'{"status": null}','{"status": "paused"}');
INSERT INTO "changed_rows" VALUES(20,18,2,'opportunities',2,'{"wait_days": null}','{"wait_days": 9}');
INSERT INTO "changed_rows" VALUES(21,19,2,'opportunities',2,'{"wait_days": 9}','{"wait_days": null}');
INSERT INTO "changed_rows" VALUES(22,19,2,'clients',2,'{"status": "paused"}','{"status": null}');
INSERT INTO "changed_rows" VALUES(23,20,2,'clients',2,'{"status": null}','{"status": "paused"}');
INSERT INTO "changed_rows" VALUES(24,20,2,'opportunities',2,'{"wait_days": null}','{"wait_days": 9}');
INSERT INTO "changed_rows" VALUES(25,21,2,'notes',2,'{"client_id": 2, "opportunity_id": null, "written_at": 1795430864416192, "private": 0, "text": "likes fish", "extra": null}',NULL);
INSERT INTO "changed_rows" VALUES(26,22,2,'notes',2,NULL,'{"client_id": 2, "opportunity_id": null, "written_at": 1795430864416192, "private": 0, "text": "likes fish", "extra": null}');
CREATE TABLE changes (
	change_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	remark TEXT, 
	takes_back INTEGER, 
	taken_back_by INTEGER
);
INSERT INTO "changes" VALUES(1,1795430864324503,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(2,1795430864388866,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(3,1795430864390734,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(4,1795430864396340,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(5,1795430864397878,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(6,1795430864399973,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(7,1795430864401258,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(8,1795430864403472,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(9,1795430864404973,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(10,1795430864408612,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(11,1795430864410990,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(12,1795430864416516,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(13,1795430864418250,'Rosa Lind','add',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(14,1795430864419857,'Rosa Lind','set_wait',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(15,1795430864440949,'Rosa Lind','import',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(16,1795430864443947,'Rosa Lind','draft',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(17,1795430864446400,'Rosa Lind','draft',NULL,NULL,NULL);
INSERT INTO "changes" VALUES(18,1795430864448133,'Rosa Lind','change','A day''s work',NULL,NULL);
INSERT INTO "changes" VALUES(19,1795430864453642,'Rosa Lind','undo',NULL,18,20);
INSERT INTO "changes" VALUES(20,1795430864462480,'Rosa Lind','redo',NULL,19,NULL);
INSERT INTO "changes" VALUES(21,1795430864466852,'Rosa Lind','remove',NULL,NULL,22);
INSERT INTO "changes" VALUES(22,1795430864468978,'Rosa Lind','undo',NULL,21,NULL);
CREATE TABLE clients (
	client_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	coach TEXT, 
	timezone TEXT NOT NULL, 
	country TEXT, 
	tracked_since INTEGER, 
	status TEXT, 
	greeting TEXT, 
	sign_off TEXT, 
	formality TEXT, 
	extra TEXT
);
INSERT INTO "clients" VALUES(1,'Zoë ''Zed'' Ox','Rosa Lind','America/Denver','US-CA',1767225600000000,'paused','Dear','Kind regards','warm','{"shoe_size": "44"}');
INSERT INTO "clients" VALUES(2,'Ann Lee',NULL,'UTC',NULL,NULL,'paused',NULL,NULL,NULL,NULL);
CREATE TABLE contacts (
	contact_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	opportunity_id INTEGER NOT NULL, 
	interview_id INTEGER, 
	at INTEGER NOT NULL, 
	time_known SMALLINT, 
	direction TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	promised_by INTEGER, 
	needs_answer SMALLINT, 
	text TEXT, 
	extra TEXT, 
	CONSTRAINT kind_goes_with_direction CHECK ((direction = 'in') = (kind = 'reply')), 
	FOREIGN KEY(interview_id, opportunity_id) REFERENCES interviews (interview_id, opportunity_id), 
	FOREIGN KEY(opportunity_id) REFERENCES opportunities (opportunity_id), 
	FOREIGN KEY(interview_id) REFERENCES interviews (interview_id)
);
INSERT INTO "contacts" VALUES(1,1,1,1795222800000000,NULL,'out','email','thank_you',NULL,NULL,'Thanks',NULL);
INSERT INTO "contacts" VALUES(2,1,NULL,1795222800000000,0,'in','email','reply',20785,1,NULL,NULL);
CREATE TABLE fields (
	field_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	field TEXT NOT NULL, 
	effective_from INTEGER, 
	pace TEXT, 
	wait_days INTEGER, 
	later_wait_days INTEGER, 
	window_days INTEGER, 
	max_unanswered INTEGER, 
	let_go_weeks INTEGER, 
	promise_grace_days INTEGER, 
	thank_you_hours INTEGER, 
	channels TEXT, 
	extra TEXT, 
	UNIQUE (field, effective_from)
);
INSERT INTO "fields" VALUES(1,'Accounting & audit',NULL,'relaxed',7,7,2,2,4,1,24,'email call card','{"soc_major": "13", "basis": "source rule", "evidence": "The article: accounting is relaxed, wait seven days after the last contact. NACE 2012: interview to offer 17 days; Robert Half 2016: 4 weeks to hire staff"}');
INSERT INTO "fields" VALUES(2,'Insurance & actuarial',NULL,'relaxed',7,7,2,2,5,1,24,'email call','{"soc_major": "13", "basis": "judgement", "evidence": "DHI 2017: financial services vacancies open 44.7 working days"}');
INSERT INTO "fields" VALUES(3,'Finance & banking',NULL,'moderate',5,7,2,2,6,1,24,'email card call','{"soc_major": "13", "basis": "judgement", "evidence": "LinkedIn 2021: 46 days to hire; CareerBuilder 2011: financial services mostly prefer paper thank-you notes"}');
INSERT INTO "fields" VALUES(4,'Consulting',NULL,'moderate',5,7,2,2,4,1,24,'email call','{"soc_major": "13", "basis": "judgement", "evidence": "Workable via Access Group 2022: 25 days to hire"}');
INSERT INTO "fields" VALUES(5,'Human resources & recruiting',NULL,'brisk',4,5,2,2,3,1,24,'email call','{"soc_major": "13", "basis": "judgement", "evidence": "Workable: 18 days; LinkedIn 2021: 39 days"}');
INSERT INTO "fields" VALUES(6,'Executive & general management',NULL,'relaxed',7,10,2,2,6,1,24,'email call card','{"soc_major": "11", "basis": "judgement", "evidence": "Robert Half: managers take 5 to 8 weeks to hire"}');
INSERT INTO "fields" VALUES(7,'Project & operations management',NULL,'moderate',5,7,2,2,5,1,24,'email call','{"soc_major": "11", "basis": "judgement", "evidence": "LinkedIn 2021: 47 days to hire"}');
INSERT INTO "fields" VALUES(8,'Marketing & public relations',NULL,'brisk',4,5,2,2,5,1,24,'email call','{"soc_major": "11", "basis": "judgement", "evidence": "Creative Group 2017: 5 weeks to hire staff"}');
INSERT INTO "fields" VALUES(9,'Software & IT',NULL,'moderate',5,7,2,2,5,1,24,'email','{"soc_major": "15", "basis": "judgement", "evidence": "LinkedIn 2021: 44 to 49 days; CareerBuilder 2011: IT is keenest on email"}');
INSERT INTO "fields" VALUES(10,'Data & research science',NULL,'relaxed',7,7,2,2,6,1,24,'email','{"soc_major": "15", "basis": "judgement", "evidence": "LinkedIn 2021: 48 days; Glassdoor 2017: research scientist 44.6 days"}');
INSERT INTO "fields" VALUES(11,'Engineering',NULL,'relaxed',7,7,2,2,6,1,24,'email call','{"soc_major": "17", "basis": "judgement", "evidence": "NACE 2012: 30.3 days interview to offer; LinkedIn 2021: 49 days"}');
INSERT INTO "fields" VALUES(12,'Biotech & pharmaceutical science',NULL,'relaxed',7,7,2,2,5,1,24,'email','{"soc_major": "19", "basis": "judgement", "evidence": "Glassdoor 2017: 28.1 days"}');
INSERT INTO "fields" VALUES(13,'Nonprofit & social service',NULL,'relaxed',7,7,2,2,5,1,24,'email card call','{"soc_major": "21", "basis": "judgement", "evidence": "Glassdoor 2017: nonprofit 25.2 days"}');
INSERT INTO "fields" VALUES(14,'Legal',NULL,'relaxed',14,14,2,2,8,1,24,'email card','{"soc_major": "23", "basis": "published", "evidence": "Florida Coastal Law: e-mail at two weeks, a month''s silence is not final; Robert Half 2011: 6 to 8 weeks"}');
INSERT INTO "fields" VALUES(15,'School teaching',NULL,'relaxed',7,7,2,2,5,1,24,'call email card','{"soc_major": "25", "basis": "published", "evidence": "KDP: at least a week; EducationWorld: a week to 10 days"}');
INSERT INTO "fields" VALUES(16,'University faculty',NULL,'relaxed',28,28,2,1,10,1,24,'email','{"soc_major": "25", "basis": "published", "evidence": "The Professor Is In: about 4 weeks; Glassdoor 2017: professor 60.3 days"}');
INSERT INTO "fields" VALUES(17,'Creative & media',NULL,'moderate',5,7,2,2,5,1,24,'email','{"soc_major": "27", "basis": "judgement", "evidence": "Glassdoor 2017: 25.2 days"}');
INSERT INTO "fields" VALUES(18,'Nursing & clinical',NULL,'relaxed',7,7,2,2,6,1,24,'call email card','{"soc_major": "29", "basis": "published", "evidence": "MedPro: call after a week; NSI 2025: 83 days to fill an experienced RN post"}');
INSERT INTO "fields" VALUES(19,'Healthcare support',NULL,'moderate',5,7,2,2,4,1,24,'call email','{"soc_major": "31", "basis": "judgement", "evidence": "Workable: 28 days"}');
INSERT INTO "fields" VALUES(20,'Police & fire',NULL,'relaxed',14,14,2,2,12,1,24,'email call','{"soc_major": "33", "basis": "judgement", "evidence": "Glassdoor 2015: police officer 128 days"}');
INSERT INTO "fields" VALUES(21,'Private security',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "33", "basis": "judgement", "evidence": "Glassdoor 2017: 11.6 days"}');
INSERT INTO "fields" VALUES(22,'Government',NULL,'relaxed',14,14,2,2,8,1,24,'email call','{"basis": "judgement", "evidence": "Glassdoor 2017: 53.8 days; NACE 2012: 38 days; OPM FY2023: 101.2 days"}');
INSERT INTO "fields" VALUES(23,'Food & hospitality',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "35", "basis": "published", "evidence": "Hcareers: two to three days; Glassdoor 2017: restaurants 10.2 days"}');
INSERT INTO "fields" VALUES(24,'Personal care & fitness',NULL,'brisk',4,5,2,2,3,1,24,'call email','{"soc_major": "39", "basis": "judgement"}');
INSERT INTO "fields" VALUES(25,'Retail',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "41", "basis": "judgement", "evidence": "Glassdoor 2017: supermarkets 12.3 days"}');
INSERT INTO "fields" VALUES(26,'Sales',NULL,'aggressive',3,4,2,3,3,1,24,'call email card','{"soc_major": "41", "basis": "judgement", "evidence": "The article gives the order only: the more aggressive the field, the more aggressive the follow-up. Belkins 2024: best gap 3 days, a third follow-up turns harmful"}');
INSERT INTO "fields" VALUES(27,'Real estate & insurance sales',NULL,'aggressive',2,3,2,3,3,1,24,'call email','{"soc_major": "41", "basis": "judgement"}');
INSERT INTO "fields" VALUES(28,'Business development & medical sales',NULL,'aggressive',3,4,2,3,4,1,24,'call email card','{"soc_major": "41", "basis": "judgement", "evidence": "LinkedIn 2021: business development 46 days"}');
INSERT INTO "fields" VALUES(29,'Customer service',NULL,'brisk',4,5,2,2,3,1,24,'call email','{"soc_major": "43", "basis": "judgement", "evidence": "LinkedIn 2021: 34 days"}');
INSERT INTO "fields" VALUES(30,'Administrative support',NULL,'brisk',4,5,2,2,3,1,24,'email call','{"soc_major": "43", "basis": "judgement", "evidence": "LinkedIn 2021: 33 days, the fastest"}');
INSERT INTO "fields" VALUES(31,'Construction & trades',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "47", "basis": "judgement", "evidence": "DHI 2017: 12.7 working days, the shortest"}');
INSERT INTO "fields" VALUES(32,'Maintenance & automotive',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "49", "basis": "judgement", "evidence": "Glassdoor 2017: automotive 12.7 days"}');
INSERT INTO "fields" VALUES(33,'Manufacturing',NULL,'moderate',5,7,2,2,4,1,24,'call email','{"soc_major": "51", "basis": "judgement", "evidence": "Glassdoor 2017: 24.6 days; Workable: 30 days"}');
INSERT INTO "fields" VALUES(34,'Transport & logistics',NULL,'brisk',3,4,2,2,3,1,24,'call email','{"soc_major": "53", "basis": "judgement", "evidence": "Workable: 12 days; Glassdoor 2017: delivery driver 8.5 days"}');
INSERT INTO "fields" VALUES(35,'default',NULL,'moderate',5,7,2,2,4,1,24,'email call','{"basis": "published", "evidence": "Informal polls: hiring managers prefer 5 days; NACE 2023: 25.1 days from interview to offer or rejection"}');
INSERT INTO "fields" VALUES(36,'Sales',1795430864419605,'aggressive',1,4,2,3,3,1,24,'call email card','{"basis": "the coach''s own", "evidence": "they answer fast"}');
CREATE TABLE import_marks (
	import_mark_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	row_key TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id INTEGER NOT NULL, 
	content TEXT, 
	UNIQUE (client_id, source, row_key, table_name), 
	FOREIGN KEY(client_id) REFERENCES clients (client_id)
);
INSERT INTO "import_marks" VALUES(1,1,'tracker','a1','contacts',1,NULL);
CREATE TABLE interviewers (
	interviewer_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	interview_id INTEGER NOT NULL, 
	name TEXT, 
	role TEXT, 
	email TEXT, 
	topics TEXT, 
	extra TEXT, 
	FOREIGN KEY(interview_id) REFERENCES interviews (interview_id)
);
INSERT INTO "interviewers" VALUES(1,1,'Dana','Chef','d@example.com','knives',NULL);
CREATE TABLE interviews (
	interview_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	opportunity_id INTEGER NOT NULL, 
	held_at INTEGER NOT NULL, 
	ended_at INTEGER, 
	time_known SMALLINT, 
	cancelled SMALLINT, 
	promised_by INTEGER, 
	answer_fit TEXT, 
	answer_steps TEXT, 
	answer_more TEXT, 
	answer_timeline TEXT, 
	extra TEXT, 
	CONSTRAINT ended_after_held CHECK (ended_at IS NULL OR ended_at >= held_at), 
	UNIQUE (interview_id, opportunity_id), 
	FOREIGN KEY(opportunity_id) REFERENCES opportunities (opportunity_id)
);
INSERT INTO "interviews" VALUES(1,1,1795194000000000,1795197600000000,1,0,20784,'well','two','no','a week',NULL);
INSERT INTO "interviews" VALUES(2,2,1795194000000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE key_answers (
	key_answer_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	interview_id INTEGER NOT NULL, 
	question TEXT, 
	answer_given TEXT, 
	treatment TEXT, 
	better_answer TEXT, 
	extra TEXT, 
	FOREIGN KEY(interview_id) REFERENCES interviews (interview_id)
);
INSERT INTO "key_answers" VALUES(1,1,'Why us?','pay','modify','the kitchen',NULL);
CREATE TABLE note_drafts (
	note_draft_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	interview_id INTEGER, 
	interviewer_id INTEGER, 
	subject TEXT, 
	text TEXT, 
	answers TEXT, 
	FOREIGN KEY(client_id) REFERENCES clients (client_id)
);
INSERT INTO "note_drafts" VALUES(1,1,'thank_you',1,NULL,'Thanks',NULL,'{"why": "it''s"}');
INSERT INTO "note_drafts" VALUES(2,2,'weekly',NULL,NULL,NULL,'Well done;
and on',NULL);
CREATE TABLE notes (
	note_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	written_at INTEGER NOT NULL, 
	private SMALLINT, 
	text TEXT, 
	extra TEXT, 
	FOREIGN KEY(opportunity_id, client_id) REFERENCES opportunities (opportunity_id, client_id), 
	FOREIGN KEY(client_id) REFERENCES clients (client_id), 
	FOREIGN KEY(opportunity_id) REFERENCES opportunities (opportunity_id)
);
INSERT INTO "notes" VALUES(1,1,1,1795430864410521,1,'is shy',NULL);
INSERT INTO "notes" VALUES(2,2,NULL,1795430864416192,0,'likes fish',NULL);
CREATE TABLE opportunities (
	opportunity_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	employer TEXT NOT NULL, 
	role TEXT NOT NULL, 
	field TEXT NOT NULL, 
	country TEXT, 
	wait_days INTEGER, 
	outcome TEXT NOT NULL, 
	outcome_at INTEGER, 
	hold_until INTEGER, 
	hold_reason TEXT, 
	follow_up_on INTEGER, 
	follow_up_reason TEXT, 
	applied_on INTEGER, 
	link TEXT, 
	location TEXT, 
	outcome_words TEXT, 
	notes TEXT, 
	extra TEXT, 
	CONSTRAINT open_without_outcome_at CHECK (outcome <> 'open' OR outcome_at IS NULL), 
	UNIQUE (opportunity_id, client_id), 
	FOREIGN KEY(client_id) REFERENCES clients (client_id)
);
INSERT INTO "opportunities" VALUES(1,1,'Acme; "Söhne"','Cook
and baker','Sales','DE',3,'rejected',1795222800000000,20788,'on holiday',20790,'after the fair',20758,'https://example.com/cook','Denver','not selected','=1+1',NULL);
INSERT INTO "opportunities" VALUES(2,2,'Zig','Zag','Beekeeping',NULL,9,'open',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE settings (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('version','3');
INSERT INTO "settings" VALUES('practice id','40b30fd4959c4b0cac1d4604ee6c6d67');
INSERT INTO "settings" VALUES('revision','23');
INSERT INTO "settings" VALUES('extra columns of clients','["shoe_size"]');
INSERT INTO "settings" VALUES('extra columns of fields','["soc_major", "basis", "evidence"]');
INSERT INTO "settings" VALUES('coach','Rosa Lind');
INSERT INTO "settings" VALUES('name','Lind Coaching');
INSERT INTO "settings" VALUES('timezone','Europe/Berlin');
CREATE TABLE work_samples (
	sample_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	client_id INTEGER NOT NULL, 
	title TEXT, 
	location TEXT, 
	confidential SMALLINT, 
	extra TEXT, 
	FOREIGN KEY(client_id) REFERENCES clients (client_id)
);
INSERT INTO "work_samples" VALUES(1,1,'Menu','menu.pdf',0,NULL);
CREATE INDEX ix_opportunities_client_id ON opportunities (client_id);
CREATE INDEX ix_work_samples_client_id ON work_samples (client_id);
CREATE INDEX ix_agreed_actions_client_id ON agreed_actions (client_id);
CREATE INDEX ix_import_marks_client_id ON import_marks (client_id);
CREATE INDEX ix_note_drafts_client_id ON note_drafts (client_id);
CREATE INDEX ix_changed_rows_change_id ON changed_rows (change_id);
CREATE INDEX ix_changed_rows_client_id ON changed_rows (client_id);
CREATE INDEX ix_changed_rows_row ON changed_rows (table_name, row_id);
CREATE INDEX ix_interviews_opportunity_id ON interviews (opportunity_id);
CREATE INDEX ix_notes_opportunity_id ON notes (opportunity_id);
CREATE INDEX ix_notes_client_id ON notes (client_id);
CREATE INDEX ix_contacts_opportunity_id ON contacts (opportunity_id);
CREATE INDEX ix_contacts_interview_id ON contacts (interview_id);
CREATE INDEX ix_interviewers_interview_id ON interviewers (interview_id);
CREATE INDEX ix_key_answers_interview_id ON key_answers (interview_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('fields',36);
INSERT INTO "sqlite_sequence" VALUES('clients',2);
INSERT INTO "sqlite_sequence" VALUES('changes',22);
INSERT INTO "sqlite_sequence" VALUES('changed_rows',26);
INSERT INTO "sqlite_sequence" VALUES('opportunities',2);
INSERT INTO "sqlite_sequence" VALUES('interviews',2);
INSERT INTO "sqlite_sequence" VALUES('contacts',2);
INSERT INTO "sqlite_sequence" VALUES('interviewers',1);
INSERT INTO "sqlite_sequence" VALUES('key_answers',1);
INSERT INTO "sqlite_sequence" VALUES('work_samples',1);
INSERT INTO "sqlite_sequence" VALUES('notes',2);
INSERT INTO "sqlite_sequence" VALUES('agreed_actions',1);
INSERT INTO "sqlite_sequence" VALUES('import_marks',1);
INSERT INTO "sqlite_sequence" VALUES('note_drafts',2);
COMMIT;
