using System.Diagnostics;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Tests.Ui;

public class FormatsTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3840, "1 h 04 min")]
    [InlineData(86400, "1 d 0 h")]
    [InlineData(273600, "3 d 4 h")]
    [InlineData(1987200, "23 d")]
    public void Durations_Text_HasTwoUnitsAtMost(double seconds, string text) => Assert.Equal(text, Durations.Text(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Durations_Ago_SaysAheadAndUnknown()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(100);
        Assert.Equal("4 min ago", Durations.Ago(now.AddMinutes(-4), now));
        Assert.Equal("in 4 min", Durations.Ago(now.AddMinutes(4), now));
        Assert.Equal("0 s ago", Durations.Ago(now.AddMilliseconds(500), now));
        Assert.Equal("–", Durations.Ago(null, now));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0d, "0 B")]
    [InlineData(512d, "512 B")]
    [InlineData(1536d, "1.5 KiB")]
    [InlineData(1073741824d, "1 GiB")]
    [InlineData(1073741823d, "1 GiB")]
    [InlineData(double.NaN, "–")]
    [InlineData(9.2e18, "8 EiB")]
    public void Amounts_Bytes_AreBinary(double? bytes, string text) => Assert.Equal(text, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0d, "0")]
    [InlineData(0.003, "3m")]
    [InlineData(0.25, "0.25")]
    [InlineData(12.52, "12.5")]
    [InlineData(15920d, "15,920")]
    public void Amounts_Cores_ReadAsKubernetesUsersSay(double? cores, string text) => Assert.Equal(text, Amounts.Cores(cores));

    [Fact]
    public void Amounts_OtherUnits_AreWords()
    {
        Assert.Equal("12.3 k/s", Amounts.Rate(12_300));
        Assert.Equal("42 %", Amounts.Percent(42, 100));
        Assert.Equal("–", Amounts.Percent(1, 0));
        Assert.Equal("1 pod", Amounts.Plural(1, "pod"));
        Assert.Equal("7,946,558 records", Amounts.Plural(7_946_558, "record"));
    }

    [Fact]
    public async Task AgesScript_SaysTheSameWords()
    {
        double[] spans = [-3000, 0, 999, 59_999, 60_000, 3_599_000, 3_840_000, 86_400_000, 273_600_000, 604_799_000, 1_987_200_000];
        var script = $"import('{new Uri(Path.Combine(Repository.Root, "wwwroot/js/ages.js"))}').then(m => console.log([{string.Join(',', spans)}].map(m.span).join('|') + '#' + [{string.Join(',', spans)}].map(m.ago).join('|')))";
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = (await node.StandardOutput.ReadToEndAsync()).Trim();
        await node.WaitForExitAsync();
        var now = DateTimeOffset.UnixEpoch.AddYears(1);
        var expected = string.Join('|', spans.Select(span => Durations.Text(TimeSpan.FromMilliseconds(span)))) + "#" + string.Join('|', spans.Select(span => Durations.Ago(now.AddMilliseconds(-span), now)));
        Assert.Equal(expected, said);
    }
}
