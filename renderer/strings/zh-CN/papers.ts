/** Preview of printed papers. */
export const papers = {
  papers: {
    region: (title: string) => `${title} 预览`,
    pages: '页面',
    page: (page: number, pages: number) => `${page} / ${pages}`,
    sheet: (title: string, page: number, pages: number) => `${title} 第${page}页，共${pages}页`,
    zoom: '显示大小',
    fitPage: '整页',
    fitWidth: '页宽',
  },
};
