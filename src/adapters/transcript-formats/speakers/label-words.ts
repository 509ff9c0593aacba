/**
 * Words that make what stands before a colon a label and no person: as the whole of it, or as its last word ("Next Steps").
 * No word that is also a given name stands here; some are surnames, so one behind another name counts as a display name.
 */
export const LABEL_WORDS: ReadonlySet<string> = new Set(
  [
    // English
    'abstract action actions addendum address advice agenda agreed aim alternatively announcement answer answers applause',
    'appendix approach assumption background benefit benefits blocker blockers bonus bottom budget bug case category cause',
    'caution caveat challenge chapter clarification comment comments conclusion cons context contact correction cost costs',
    'date day deadline decision decisions definition detail details disclaimer discussion done draft due duration edit email',
    'error example examples exception exercise fact facts feedback figure finally finding findings first firstly followup fyi',
    'goal goals headline heads hint however idea ideas important info information instruction instructions introduction issue',
    'issues item items key keyword keywords language lastly lesson link list location meaning meeting message minutes',
    'motivation namely nb next note notes notice objective option options outcome outline outlook overview owner page part',
    'phone plan plans point points pro problem problems project proposal pros ps purpose question questions quote rationale',
    're reason reasons recap recommendation reminder remember remark remarks result results risk risks rule schedule scope',
    'second secondly section settings side slide solution source speaking spoiler stage status step steps story subject',
    'suggestion sum summary takeaway takeaways target task tasks team theory third thirdly thing time timeline times tip tips',
    'title today todo tomorrow topic topics translation truth update updates url verdict version video warning week website',
    'yesterday',
    'actually alert anyway assignee basically besides besides breaking case cc check clearly consider correct eg estimate exactly',
    'extra fact faq false fine followups forward furthermore fwd good great hello hence hi honestly hypothesis ie imagine incidentally',
    'instead interesting interestingly known last likewise listen look luckily main maybe meanwhile milestone milestones mitigation',
    'moreover myth number obviously open option options order otherwise perhaps personally phase place please possibly price',
    'priority quick read reality right sadly scenario see short sorry still sum surprise thanks therefore think thus total trigger',
    'true try unfortunately fortunately view wait welcome wrong final pro big new old good bad monday tuesday wednesday thursday',
    'absent apologies attendees present january february july september october november december friday saturday sunday morning afternoon evening',
    // German
    'achtung aktion antwort aufgabe aufgaben ausblick beispiel bemerkung bitte datum entscheidung ergebnis ergebnisse erinnerung',
    'fazit frage fragen grund hinweis idee kommentar kurz lösung merke nächste nachricht notiz plan problem punkt schritt',
    'schritte termin zutaten thema themen tipp uhrzeit vorschlag wichtig ziel ziele zusammenfassung',
    // French
    'attention conclusion conseil date décision exemple heure important objectif ordre problème question questions rappel',
    'remarque réponse résultat résumé sujet suite titre étape étapes',
    // Spanish, Portuguese, Italian
    'acción advertencia asunto atenção atención attenzione aviso conclusión conclusão conclusione decisión decisão decisione',
    'domanda ejemplo esempio exemplo fecha hora importante nota notas note objetivo obiettivo paso pasos passo pergunta pregunta',
    'problema pregunta recordatorio respuesta resposta resultado resumen resumo riassunto risposta tema tarea título compito',
    // Dutch, Polish, Czech, Swedish
    'antwoord besluit conclusie let opmerking samenvatting vraag odpowiedź podsumowanie pytanie uwaga odpověď otázka poznámka',
    'fråga svar sammanfattning obs',
    // Russian, Ukrainian
    'важно вопрос внимание вывод дата задача задачи замечание заметка итог итоги напоминание ответ план пример примечание',
    'проблема решение совет тема цель важливо питання відповідь примітка приклад',
    // Chinese, Japanese, Korean
    '注意 问题 問題 回答 答案 备注 備註 注 例如 总结 總結 结论 結論 重要 提示 时间 時間 日期 地点 主题 主題 目标 目標 計畫 计划 質問 答え 例 補足 結果',
    '課題 目的 議題 日時 場所 まとめ ノート メモ 結論 要点 次回 议题 要点 背景 行动 下一步 总之 首先 其次 最后 第一 第二 第三 질문 답변 참고 예 결론 요약 주제 중요 메모 시간 날짜 목표',
    // Arabic, Hebrew, Thai, Hindi
    'ملاحظة سؤال جواب مثال تنبيه مهم الموضوع التاريخ הערה שאלה תשובה דוגמה חשוב סיכום หมายเหตุ คำถาม คำตอบ ตัวอย่าง สรุป प्रश्न उत्तर नोट',
  ].flatMap((line) => line.split(' ')),
);

/** Words that begin a sentence and no name. */
export const SENTENCE_STARTS: ReadonlySet<string> = new Set(
  [
    'a about after all also although an and another any as at because before but by did do does for from had has have he her here',
    'his how i if in is it its let like look lots many more most my no not now of oh ok okay on one only or our over say she so',
    'some that the their then there these they this those to too two under very was we well were what when where which who why',
    'with would yeah yes you your',
    'aber also auch das der die ein eine es ich ja mein nein noch nun ob oder und unser was wenn wer wie wir',
    'alors avec donc elle et il ils je la le les mais mon nous on oui pour que qui si un une vous',
  ].flatMap((line) => line.split(' ')),
);
