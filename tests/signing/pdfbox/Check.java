import java.io.File;
import java.io.FileInputStream;
import java.util.Collection;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;

/** PDFBox and Bouncy Castle on one file: ends with 0 if every signature of a person or an office holds. */
public class Check {
    public static void main(String[] args) throws Exception {
        File file = new File(args[0]);
        int held = 0;
        try (PDDocument document = PDDocument.load(file)) {
            for (PDSignature signature : document.getSignatureDictionaries()) {
                if ("ETSI.RFC3161".equals(signature.getSubFilter())) {
                    continue;
                }
                if (!holds(signature, file)) {
                    System.exit(1);
                }
                held++;
            }
        }
        System.exit(held > 0 ? 0 : 1);
    }

    private static boolean holds(PDSignature signature, File file) throws Exception {
        byte[] content = signature.getSignedContent(new FileInputStream(file));
        byte[] cms = signature.getContents(new FileInputStream(file));
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), cms);
        SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
        Collection<?> found = data.getCertificates().getMatches(signer.getSID());
        X509CertificateHolder certificate = (X509CertificateHolder) found.iterator().next();
        return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
    }
}
