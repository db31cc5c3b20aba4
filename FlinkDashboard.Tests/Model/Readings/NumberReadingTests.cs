using System.Globalization;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

/// <summary>Quantities, memory and durations.</summary>
public class NumberReadingTests
{
    [Theory]
    [InlineData("100m", "0.1")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("137402061n", "0.137402061")]
    [InlineData("1653012Ki", "1692684288")]
    [InlineData("2M", "2000000")]
    [InlineData("2k", "2000")]
    [InlineData("1e3", "1000")]
    [InlineData("-1", "-1")]
    [InlineData("8Ei", "9223372036854775808")]
    [InlineData("0", "0")]
    public void Quantity_IsRead(string text, string value) => Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), Quantity.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1K")]
    [InlineData("1e3Gi")]
    [InlineData("one")]
    [InlineData("99999999999999999999999999Ei")]
    public void Quantity_ThatIsNone_IsNull(string? text) => Assert.Null(Quantity.Parse(text));

    // The operator's own order: Flink first, where m is MiB, then Kubernetes in upper case.
    [Theory]
    [InlineData("2048m", 2147483648)]
    [InlineData("2g", 2147483648)]
    [InlineData("2G", 2147483648)]
    [InlineData("1 gb", 1073741824)]
    [InlineData("512mb", 536870912)]
    [InlineData("1024", 1024)]
    [InlineData("2Gi", 2147483648)]
    [InlineData("2gi", 2147483648)]
    [InlineData("2048Mi", 2147483648)]
    [InlineData("1.5Gi", 1610612736)]
    public void FlinkMemory_IsReadAsFlink_ThenAsKubernetes(string text, long bytes) => Assert.Equal(bytes, FlinkMemory.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("lots")]
    [InlineData("99999999999999999999t")]
    public void FlinkMemory_ThatIsNone_IsNull(string text) => Assert.Null(FlinkMemory.Parse(text));

    [Theory]
    [InlineData("10 s", 10)]
    [InlineData("5min", 300)]
    [InlineData("1500", 1.5)]
    [InlineData("1 d", 86400)]
    [InlineData("2h", 7200)]
    [InlineData("PT10S", 10)]
    [InlineData("250 ms", 0.25)]
    public void FlinkDuration_IsRead(string text, double seconds) => Assert.Equal(seconds, FlinkDuration.Parse(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("soon")]
    [InlineData("10 fortnights")]
    [InlineData("P")]
    [InlineData("9999999999999999 d")]
    public void FlinkDuration_ThatIsNone_IsNull(string text) => Assert.Null(FlinkDuration.Parse(text));

    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min")]
    [InlineData(3840, "1 h 04 min")]
    [InlineData(7200, "2 h")]
    [InlineData(183600, "2 d 3 h")]
    [InlineData(-5, "0 s")]
    public void AgeText_IsSaidInWords(double seconds, string text) => Assert.Equal(text, AgeText.Of(TimeSpan.FromSeconds(seconds)));
}
