-- The commands. What they do is loaded when the first is given.

local complete_type = function(lead)
  return require('zhubi').complete_type(lead)
end

local commands = {
  ZhubiFix = { '改正这篇文稿里可以放心改的错误', 'fix', {} },
  ZhubiOutline = { '把这篇文稿的大纲列进位置列表', 'outline', {} },
  ZhubiCheck = { '检查文件或文件夹，结果列进快速修复列表', 'check', { nargs = '*', complete = 'file' } },
  ZhubiStatus = { '字数、文种、标出几处', 'status', {} },
  ZhubiType = { '选择文种；不写就由标题判断', 'document_type', { nargs = '?', complete = complete_type } },
  ZhubiRule = { '说明光标处的规则，或写出的规则', 'rule', { nargs = '?' } },
  ZhubiAddWord = { '把选中的或写出的词加入词库；加 ! 是自己的词库', 'add_word', { nargs = '?', range = true, bang = true } },
  ZhubiTrace = { '生成运行记录，反馈问题时附上', 'trace', {} },
  ZhubiRestart = { '重新启动服务', 'restart', {} },
}

for name, command in pairs(commands) do
  local description, run, options = unpack(command)
  options.desc = '朱笔：' .. description
  vim.api.nvim_create_user_command(name, function(arguments)
    require('zhubi')[run](arguments.fargs, arguments)
  end, options)
end

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('zhubi.drafts', {}),
  pattern = { 'text', 'markdown' },
  callback = function(event)
    -- UTF-8 that is valid was not misread.
    if vim.bo[event.buf].fileencoding ~= 'utf-8' then
      require('zhubi.encoding').look(event.buf)
    end
    -- Neovim itself says nothing of a program that is not there.
    if vim.bo[event.buf].buftype == '' and vim.lsp.is_enabled and vim.lsp.is_enabled('zhubi') then
      require('zhubi.program').can_run()
    end
  end,
})
