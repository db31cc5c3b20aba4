using System.Text;
using System.Text.Json;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Gateways.Prometheus;

/// <summary>What is read from answers, whole and broken.</summary>
public class PrometheusReadingTests
{
    private const string Matrix = """
        {"infos":["i"],"data":{"stats":{"timings":{"a":[1]}},"result":[
         {"metric":{"__name__":"up","job":"a \"b\" \u00e9"},"values":[[1700000000,"1"],[1700000015.05,"NaN"],[1700000030,"+Inf"],[1700000045,"-Inf"],[1700000060,"1e-07"],[1700000075,"-1.5E+21"]]},
         {"histograms":[[1,{"count":"1","buckets":[[0,"1","2","3"]]}]],"metric":{}}],"resultType":"matrix"},"status":"success","warnings":["w"],"new":{"x":[{}]}}
        """;

    private static PrometheusReading.Envelope<(QueryValueKind Kind, IReadOnlyList<MetricSeries> Series, string? Text, bool HasHistograms)> Read(string json) =>
        PrometheusReading.Read(Encoding.UTF8.GetBytes(json), PrometheusReading.Value);

    [Fact]
    public void Matrix_IsRead_WhateverTheOrderAndWhateverIsNew()
    {
        var read = Read(Matrix);
        Assert.True(read.IsSuccess);
        Assert.Equal((QueryValueKind.Matrix, true, "w", "i"), (read.Content.Kind, read.Content.HasHistograms, read.Warnings.Single(), read.Infos.Single()));
        var series = read.Content.Series[0];
        Assert.Equal("a \"b\" é", series.Labels["job"]);
        Assert.Equal([1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-7, -1.5e21], series.Points.Select(p => p.Value));
        Assert.Equal(1_700_000_015_050, series.Points[1].Milliseconds);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1700000000.1,"-Inf"]}}""", QueryValueKind.Scalar, double.NegativeInfinity)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0.25"]}]}}""", QueryValueKind.Vector, 0.25)]
    public void OtherKinds_AreRead(string json, QueryValueKind kind, double value)
    {
        var read = Read(json).Content;
        Assert.Equal((kind, value), (read.Kind, read.Series[0].Points[0].Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"status":"success","data":[]}""")]
    [InlineData("""{"status":"success","data":{"resultType":"cube","result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"two"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1","2"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1e300,"2"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}} and more""")]
    public void OtherShapes_AreRefused(string json) => Assert.True(IsRefused(json));

    [Fact]
    public void EveryCutAndManyChangedBytes_AreReadOrRefused_NeverWorse()
    {
        var bytes = Encoding.UTF8.GetBytes(Matrix.Trim());
        for (var length = 0; length < bytes.Length; length++)
            Assert.True(IsRefused(Encoding.UTF8.GetString(bytes.AsSpan(0, length))));
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var changed = bytes.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            IsRefused(changed);
        }
    }

    [Theory]
    [InlineData("job", "job")]
    [InlineData("http.status_code", "U__http_2E_status__code")]
    [InlineData("é", "U___E9_")]
    public void LabelName_TravelsAsTheServerUnderstandsIt(string label, string path) => Assert.Equal(path, PrometheusApi.LabelPath(label));

    private static bool IsRefused(string json) => IsRefused(Encoding.UTF8.GetBytes(json));

    // What the gateway turns into "not understood".
    private static bool IsRefused(byte[] json)
    {
        try
        {
            PrometheusReading.Read(json, PrometheusReading.Value);
            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return true;
        }
    }
}
