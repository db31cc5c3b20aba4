using System.Globalization;
using System.Text;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Tests.Sandbox.Aws;

/// <summary>Signatures, held to the examples of AWS's documentation and to what botocore computes.</summary>
public class SigV4Tests
{
    private const string Region = "us-east-1";

    // Documentation of S3: the secret key, the day and the bucket of all its examples.
    private static readonly AwsKey Documented = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "example", true, true);
    private static readonly SigningScope S3 = new("AKIAIOSFODNN7EXAMPLE", "20130524", Region, "s3");
    private static readonly DateTimeOffset Day = Time("20130524T000000Z");

    // Computed with botocore: see the key in each row's service.
    private const string BotocoreSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Fact]
    public void S3GetWithRange_SignedInHeader_MatchesDocumentation()
    {
        KeyValuePair<string, string>[] headers = [new("host", "examplebucket.s3.amazonaws.com"), new("range", "bytes=0-9"), new("x-amz-content-sha256", SigV4.EmptyHash), new("x-amz-date", "20130524T000000Z")];
        Assert.Equal("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", Sign(Documented.Secret, S3, Day, SigV4.CanonicalRequest("GET", "/test.txt", [], headers, SigV4.EmptyHash)));
    }

    [Fact]
    public void S3List_SignedInHeader_MatchesDocumentation()
    {
        KeyValuePair<string, string>[] headers = [new("x-amz-date", "20130524T000000Z"), new("host", "examplebucket.s3.amazonaws.com"), new("x-amz-content-sha256", SigV4.EmptyHash)];
        KeyValuePair<string, string>[] query = [new("prefix", "J"), new("max-keys", "2")];
        Assert.Equal("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", Sign(Documented.Secret, S3, Day, SigV4.CanonicalRequest("GET", "/", query, headers, SigV4.EmptyHash)));
    }

    [Fact]
    public void S3Get_SignedInQuery_MatchesDocumentation()
    {
        KeyValuePair<string, string>[] query =
        [
            new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), new("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"),
            new("X-Amz-Date", "20130524T000000Z"), new("X-Amz-Expires", "86400"), new("X-Amz-SignedHeaders", "host"),
        ];
        var canonical = SigV4.CanonicalRequest("GET", "/test.txt", query, [new("host", "examplebucket.s3.amazonaws.com")], SignedRequest.Unsigned);
        Assert.Equal("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", Sign(Documented.Secret, S3, Day, canonical));
    }

    // AWS's Signature Version 4 test suite: get-vanilla, post-vanilla, get-vanilla-query-order-key-case, get-utf8, get-header-value-trim, post-x-www-form-urlencoded.
    [Theory]
    [InlineData("GET", "/", "", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/ሴ", "", "", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("GET", "/", "", "my-header1: value1&my-header2: \"a   b   c\"", "", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")]
    [InlineData("POST", "/", "", "content-type:application/x-www-form-urlencoded", "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    public void Request_OfTheTestSuite_SignedInHeader_MatchesIt(string method, string path, string query, string headers, string body, string signature)
    {
        List<KeyValuePair<string, string>> all = [new("host", "example.amazonaws.com"), new("x-amz-date", "20150830T123600Z"), .. Pairs(headers, ':')];
        var canonical = SigV4.CanonicalRequest(method, SigV4.EncodePath(path), Pairs(query, '='), all, SigV4.Hash(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(signature, Sign(BotocoreSecret, new("AKIDEXAMPLE", "20150830", Region, "service"), Time("20150830T123600Z"), canonical));

        static IEnumerable<KeyValuePair<string, string>> Pairs(string text, char between) =>
            text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(between, 2)).Select(p => KeyValuePair.Create(p[0], p[1]));
    }

    [Fact]
    public void LogsRequest_SignedInHeader_MatchesBotocore()
    {
        KeyValuePair<string, string>[] headers =
        [
            new("host", "logs.us-east-1.amazonaws.com"), new("content-type", "application/x-amz-json-1.1"), new("x-amz-target", "Logs_20140328.DescribeLogGroups"), new("x-amz-date", "20250102T030405Z"),
        ];
        var canonical = SigV4.CanonicalRequest("POST", "/", [], headers, SigV4.Hash("{\"limit\":1}"u8));
        Assert.Equal("6639101d3f5dfcc68bd831464b0e9281a17e605ef89cd4c9603c7cc043d3adf9", Sign(BotocoreSecret, new("AKIDEXAMPLE", "20250102", Region, "logs"), Time("20250102T030405Z"), canonical));
    }

    [Fact]
    public void QueryInCanonicalOrder_SignedInHeader_MatchesBotocore()
    {
        KeyValuePair<string, string>[] headers = [new("host", "aps-workspaces.us-east-1.amazonaws.com"), new("x-amz-date", "20250102T030405Z")];
        KeyValuePair<string, string>[] query = [new("query", "sum(rate(up[5m]))"), new("start", "1700000000"), new("end", "1700003600"), new("step", "60")];
        var canonical = SigV4.CanonicalRequest("GET", "/workspaces/ws-0000/api/v1/query_range", query, headers, SigV4.EmptyHash);
        Assert.Equal("613b4daa4f1ec0e64b365860e3dabe3bf962465ed3ae81eac548cdb7a160e068", Sign(BotocoreSecret, new("AKIDEXAMPLE", "20250102", Region, "aps"), Time("20250102T030405Z"), canonical));
    }

    [Fact]
    public async Task ChunkedBody_OfDocumentation_IsAccepted()
    {
        using var body = new MemoryStream(DocumentedBody("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
        await using var chunked = new ChunkedPayload(body, DocumentedUpload);
        using var content = new MemoryStream();
        await chunked.CopyToAsync(content);
        Assert.Equal(new string('a', 66_560), Encoding.ASCII.GetString(content.ToArray()));
    }

    [Fact]
    public async Task ChunkedBody_WrongChunkSignature_IsRefused()
    {
        using var body = new MemoryStream(DocumentedBody("bd80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
        await using var chunked = new ChunkedPayload(body, DocumentedUpload);
        Assert.Equal(SignatureFault.Mismatch, (await Assert.ThrowsAsync<SignatureException>(() => chunked.CopyToAsync(Stream.Null))).Fault);
    }

    [Fact]
    public async Task ChunkedBody_CutAnywhere_IsIncomplete()
    {
        var whole = DocumentedBody("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        foreach (var length in Enumerable.Range(0, 90).Concat(Enumerable.Range(whole.Length - 200, 110)))
        {
            using var body = new MemoryStream(whole, 0, length);
            await using var chunked = new ChunkedPayload(body, DocumentedUpload);
            await Assert.ThrowsAnyAsync<Exception>(() => chunked.CopyToAsync(Stream.Null));
        }
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg==")]
    [InlineData("x-amz-checksum-crc32c", "4waSgw==")]
    [InlineData("x-amz-checksum-crc64nvme", "rosUhgp5mIg=")]
    [InlineData("content-md5", "JfnnlDI7RTiF9RgfG2JNCw==")]
    public void Checksum_OfNineDigits_IsTheCataloguedOne(string header, string expected)
    {
        using var checksum = Checksum.Of(header)!;
        checksum.Append("12345"u8);
        checksum.Append("6789"u8);
        Assert.Equal(expected, checksum.Text());
    }

    private static SignedRequest DocumentedUpload => new(Documented, S3, Day, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

    private static byte[] DocumentedBody(string firstSignature) => Encoding.ASCII.GetBytes(
        $"10000;chunk-signature={firstSignature}\r\n{new string('a', 65_536)}\r\n" +
        $"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n{new string('a', 1_024)}\r\n" +
        "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n");

    private static string Sign(string secret, SigningScope scope, DateTimeOffset time, string canonical) => SigV4.Sign(SigV4.Key(secret, scope), SigV4.StringToSign(time, scope, canonical));

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, SigV4.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
