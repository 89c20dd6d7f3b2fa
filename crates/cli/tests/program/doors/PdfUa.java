// Asks veraPDF whether PDF files keep PDF/UA-1: one line for each file, and below it each rule that is broken.

import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class PdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, true);
        ValidationResult result = validator.validate(parser);
        Map<String, Integer> broken = new TreeMap<>();
        for (TestAssertion check : result.getTestAssertions()) {
          if (check.getStatus() == TestAssertion.Status.FAILED) {
            broken.merge(check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber(), 1, Integer::sum);
          }
        }
        System.out.println(file + " " + (result.isCompliant() ? "keeps" : "breaks") + " " + result.getTotalAssertions() + " " + broken);
      }
    }
  }
}
